//! Background work: leases, checkpoints, retries, schedules, cancelling, rights.
use std::{
    collections::BTreeSet,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use async_trait::async_trait;
use jianghai::{
    app::App,
    features::notification::JobEnded,
    graphql::ids,
    job::{Daily, JobError, JobRun, Jobs, NewJob, Sentence, Step, Work, enqueue},
    testing::TestApp,
};
use sea_orm::ConnectionTrait;
use serde_json::{Value, json};
use tokio::sync::{Notify, watch};
use uuid::Uuid;

const NONE: [&str; 0] = [];
/// Time between two renewals of a lease, where a test waits for some.
const BEAT: Duration = Duration::from_millis(5);

/// What the step of a [`Probe`] does beside counting.
#[derive(Clone, Copy, PartialEq)]
enum Mood {
    /// Nothing.
    Calm,
    /// Waits for ever after the first step, as a process that hangs or was killed.
    Hangs,
    /// Fails before its second step.
    Fails,
    /// Panics before its second step.
    Panics,
    /// Holds its own row for many renewals of the lease.
    Holds,
}

/// Work of three steps, each of which writes one row of history.
struct Probe {
    mood: Mood,
    daily: Option<Daily>,
    reached: Arc<Notify>,
    runs: Arc<AtomicUsize>,
}

impl Probe {
    fn new(mood: Mood) -> Self {
        Self { mood, daily: None, reached: Arc::default(), runs: Arc::default() }
    }
}

#[async_trait]
impl Work for Probe {
    fn kind(&self) -> &'static str {
        "probe"
    }

    fn label(&self) -> (&'static str, &'static str) {
        ("试验", "Probe")
    }

    fn schedule(&self) -> Option<Daily> {
        self.daily
    }

    async fn run(&self, app: &Arc<App>, run: &mut JobRun) -> Result<Sentence, JobError> {
        self.runs.fetch_add(1, Ordering::Relaxed);
        let begin = run.checkpoint::<i64>()?.unwrap_or(0);
        for step in begin..3 {
            match self.mood {
                Mood::Fails if step == 1 => return Err(JobError::Failed("the probe fails".to_owned())),
                Mood::Panics if step == 1 => panic!("the probe panics"),
                Mood::Hangs if step == 1 => {
                    self.reached.notify_one();
                    std::future::pending::<()>().await;
                }
                _ => {}
            }
            let tx = run.begin(app).await?;
            mark(&tx).await?;
            if self.mood == Mood::Holds {
                tx.conn().execute_unprepared("UPDATE job SET done = done WHERE kind = 'probe'").await?;
                tokio::time::sleep(20 * BEAT).await;
            }
            run.commit(app, tx, Step { checkpoint: step + 1, done: step + 1, total: Some(3) }).await?;
        }
        Ok(Sentence::new("三步做完。", "Three steps are done."))
    }
}

/// An effect that can be counted.
async fn mark(tx: &jianghai::db::Tx) -> Result<(), JobError> {
    let change = jianghai::audit::Change {
        action: "probe",
        object_type: "Job",
        object_id: Uuid::nil(),
        organization: None,
        person: None,
        before: jianghai::audit::Snapshot::new(),
        after: jianghai::audit::Snapshot::new(),
        reason: None,
    };
    Ok(jianghai::audit::record(tx, None, change).await?)
}

async fn queue(app: &TestApp, payload: Value) -> String {
    let tx = jianghai::db::Tx::begin(&app.app.db, &app.app.ambient, &app.app.vault, "test").await.unwrap();
    let job = enqueue(&tx, NewJob { kind: "probe", payload, actor: app.account("organizer-city") }).await.unwrap();
    tx.commit().await.unwrap();
    ids::encode(job.id).to_string()
}

fn worker(probe: Probe) -> Jobs {
    Jobs::new(vec![Arc::new(probe)])
}

/// One look for work by a worker of its own.
pub(crate) async fn look(app: &TestApp, jobs: &Jobs) -> bool {
    let (_stop, stopped) = watch::channel(false);
    jobs.once(&app.app, app.app.ambient.uuid(), &stopped).await.unwrap()
}

async fn seen(app: &TestApp, id: &str) -> Value {
    let document =
        "query($id: ID!) { node(id: $id) { ... on Job { state done total attempts result reason cancelling } } }";
    app.run("organizer-city", document, json!({ "id": id })).await.at("/node").clone()
}

async fn effects(app: &TestApp) -> i64 {
    app.number("SELECT COUNT(*) FROM audit WHERE action = 'probe'").await
}

#[tokio::test]
async fn a_job_runs_to_its_end_and_says_what_came_of_it() {
    let app = TestApp::start().await;
    let id = queue(&app, json!(1)).await;
    assert_eq!(queue(&app, json!(1)).await, id, "the same is not queued twice");
    let jobs = worker(Probe::new(Mood::Calm));
    assert!(look(&app, &jobs).await);
    assert!(!look(&app, &jobs).await, "nothing is left");
    let expected = json!({ "state": "DONE", "done": 3, "total": 3, "attempts": 1, "result": "Three steps are done.",
        "reason": null, "cancelling": false });
    assert_eq!((seen(&app, &id).await, effects(&app).await), (expected, 3));
    assert_ne!(queue(&app, json!(1)).await, id, "after its end it can be asked for again");
}

#[tokio::test]
async fn another_worker_goes_on_where_a_dead_one_stopped_and_nothing_is_done_twice() {
    let app = TestApp::start().await;
    let id = queue(&app, json!(1)).await;
    let probe = Probe::new(Mood::Hangs);
    let reached = Arc::clone(&probe.reached);
    let dying = worker(probe);
    tokio::select! {
        _ = look(&app, &dying) => panic!("it does not end"),
        () = reached.notified() => {}
    }
    let jobs = worker(Probe::new(Mood::Calm));
    assert!(!look(&app, &jobs).await, "the lease still holds");
    app.clock.advance(61);
    assert!(look(&app, &jobs).await);
    let job = seen(&app, &id).await;
    assert_eq!((&job["state"], &job["attempts"], effects(&app).await), (&json!("DONE"), &json!(2), 3));
}

/// Work that waits for the one who runs it.
struct Slow(Arc<Notify>, Arc<Notify>);
#[async_trait]
impl Work for Slow {
    fn kind(&self) -> &'static str {
        "probe"
    }
    fn label(&self) -> (&'static str, &'static str) {
        ("慢", "Slow")
    }
    async fn run(&self, app: &Arc<App>, run: &mut JobRun) -> Result<Sentence, JobError> {
        self.1.notify_one();
        self.0.notified().await;
        let tx = run.begin(app).await?;
        mark(&tx).await?;
        run.commit(app, tx, Step { checkpoint: 3, done: 3, total: Some(3) }).await?;
        Ok(Sentence::new("", ""))
    }
}

#[tokio::test]
async fn a_worker_that_lost_its_lease_cannot_commit() {
    let app = TestApp::start().await;
    queue(&app, json!(1)).await;
    let (release, gate) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
    let slow = Jobs::new(vec![Arc::new(Slow(Arc::clone(&release), Arc::clone(&gate)))]);
    let other = worker(Probe::new(Mood::Calm));
    let taken_over = async {
        gate.notified().await;
        app.clock.advance(61);
        assert!(look(&app, &other).await);
        assert_eq!(effects(&app).await, 3);
        release.notify_one();
    };
    tokio::join!(look(&app, &slow), taken_over);
    assert_eq!(effects(&app).await, 3, "the late step was rolled back");
    assert_eq!(app.number("SELECT COUNT(*) FROM job WHERE state = 'DONE'").await, 1);
}

#[tokio::test]
async fn failures_and_panics_are_tried_again_with_pauses_and_end_parked_until_somebody_retries() {
    for mood in [Mood::Fails, Mood::Panics] {
        let app = TestApp::start().await;
        let id = queue(&app, json!(1)).await;
        let jobs = worker(Probe::new(mood));
        for pause in [10, 20, 40, 80, 160] {
            assert!(look(&app, &jobs).await);
            assert!(!look(&app, &jobs).await, "it waits");
            app.clock.advance(pause);
        }
        assert_eq!(seen(&app, &id).await["reason"], "Something went wrong on our side; it is tried again in a while.");
        assert!(look(&app, &jobs).await);
        app.clock.advance(100_000);
        assert!(!look(&app, &jobs).await, "parked");
        let job = seen(&app, &id).await;
        assert_eq!((&job["state"], &job["done"], &job["attempts"]), (&json!("PARKED"), &json!(1), &json!(6)));
        let again = app.mutate("organizer-city", "jobRetry", "job { state }", json!({ "job": id })).await;
        assert_eq!(again.at("/jobRetry/job/state"), "QUEUED");
        assert!(look(&app, &worker(Probe::new(Mood::Calm))).await);
        assert_eq!((&seen(&app, &id).await["state"], effects(&app).await), (&json!("DONE"), 3));
    }
}

#[tokio::test]
async fn several_workers_share_the_work_and_never_take_the_same() {
    let app = TestApp::start().await;
    for n in 0..12 {
        queue(&app, json!(n)).await;
    }
    let probe = Probe::new(Mood::Calm);
    let runs = Arc::clone(&probe.runs);
    let jobs = worker(probe);
    let work = async || while look(&app, &jobs).await {};
    tokio::join!(work(), work(), work(), work());
    assert_eq!((runs.load(Ordering::Relaxed), effects(&app).await), (12, 36));
    assert_eq!(app.number("SELECT COUNT(*) FROM job WHERE state = 'DONE' AND attempts = 1").await, 12);
}

#[tokio::test]
async fn what_is_scheduled_runs_once_on_however_many_replicas() {
    let app = TestApp::start().await;
    // It is 16:00; a time that has passed today is made up for, and the next one comes tomorrow.
    let probe = || Probe { daily: Some(Daily { hour: 3, minute: 0 }), ..Probe::new(Mood::Calm) };
    let replicas = [worker(probe()), worker(probe()), worker(probe())];
    let all = async || {
        futures_util::future::join_all(replicas.iter().map(|jobs| look(&app, jobs))).await;
        app.number("SELECT COUNT(*) FROM job WHERE actor_id IS NULL").await
    };
    assert_eq!((all().await, all().await), (1, 1));
    app.clock.advance(11 * 3_600 - 1);
    assert_eq!(all().await, 1);
    app.clock.advance(1);
    assert_eq!((all().await, all().await), (2, 2));
    app.clock.advance(5 * 86_400);
    assert_eq!((all().await, effects(&app).await), (3, 9));
}

#[tokio::test]
async fn a_job_that_waits_is_cancelled_at_once_and_one_that_runs_at_its_next_checkpoint() {
    let app = TestApp::start().await;
    let cancel = async |id: &str| {
        let answer = app.mutate("organizer-city", "jobCancel", "job { state cancelling }", json!({ "job": id })).await;
        (answer.at("/jobCancel/job").clone(), answer.user_errors("jobCancel"))
    };
    let waiting = queue(&app, json!(1)).await;
    assert_eq!(cancel(&waiting).await.0, json!({ "state": "CANCELLED", "cancelling": false }));
    assert_eq!(cancel(&waiting).await.1, ["job INVALID"]);
    let running = queue(&app, json!(2)).await;
    let probe = Probe::new(Mood::Hangs);
    let reached = Arc::clone(&probe.reached);
    let dying = worker(probe);
    tokio::select! {
        _ = look(&app, &dying) => panic!("it does not end"),
        () = reached.notified() => {}
    }
    assert_eq!(cancel(&running).await.0, json!({ "state": "RUNNING", "cancelling": true }));
    app.clock.advance(61);
    look(&app, &worker(Probe::new(Mood::Calm))).await;
    let job = seen(&app, &running).await;
    assert_eq!((&job["state"], &job["done"], effects(&app).await), (&json!("CANCELLED"), &json!(2), 2));
}

#[tokio::test]
async fn a_step_that_holds_its_row_while_the_lease_is_renewed_comes_to_its_end() {
    let app = TestApp::start().await;
    let id = queue(&app, json!(1)).await;
    let jobs = worker(Probe::new(Mood::Holds)).renewing(BEAT);
    let looked = tokio::time::timeout(Duration::from_secs(20), look(&app, &jobs)).await;
    assert_eq!(looked, Ok(true), "the step and the renewal wait for each other");
    let job = seen(&app, &id).await;
    assert_eq!((&job["state"], &job["attempts"], effects(&app).await), (&json!("DONE"), &json!(1), 3));
}

#[tokio::test]
async fn a_job_that_nobody_here_knows_waits_for_an_upgrade_and_is_parked_in_the_end() {
    let app = TestApp::start().await;
    let id = queue(&app, json!(1)).await;
    let other = Jobs::new(Vec::new()).telling(Arc::new(JobEnded));
    assert!(!look(&app, &other).await);
    assert_eq!(seen(&app, &id).await["state"], "QUEUED");
    app.clock.advance(601);
    assert!(!look(&app, &other).await);
    assert!(!look(&app, &other).await, "it is parked and told once");
    let told = "{ notifications(filter: { kind: [JOB_PARKED] }) { nodes { job { id } } } }";
    for (account, times) in [("admin", 1), ("admin2", 1), ("secretary", 0)] {
        let inbox = app.run(account, told, json!({})).await;
        assert_eq!(inbox.at("/notifications/nodes"), &json!(vec![json!({ "job": { "id": id } }); times]), "{account}");
    }
    let job = seen(&app, &id).await;
    assert_eq!(job["state"], "PARKED");
    assert_eq!(
        job["reason"],
        "This version does not know jobs of the kind \"probe\"; retry after an upgrade, or cancel it."
    );
}

#[tokio::test]
async fn a_process_that_stops_leaves_the_job_at_its_checkpoint_and_the_attempt_does_not_count() {
    let app = TestApp::start().await;
    let id = queue(&app, json!(1)).await;
    let (stop, stopped) = watch::channel(true);
    assert!(worker(Probe::new(Mood::Calm)).once(&app.app, Uuid::nil(), &stopped).await.unwrap());
    let job = seen(&app, &id).await;
    assert_eq!((&job["state"], &job["done"], &job["attempts"]), (&json!("QUEUED"), &json!(1), &json!(0)));
    stop.send_replace(false);
    let jobs = Arc::new(worker(Probe::new(Mood::Calm)));
    let (running, target) = (Arc::clone(&jobs), Arc::clone(&app.app));
    let worker = tokio::spawn(async move { running.work(target, stopped).await });
    for _ in 0..200 {
        if seen(&app, &id).await["state"] == "DONE" {
            break;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    stop.send_replace(true);
    worker.await.unwrap();
    assert_eq!((&seen(&app, &id).await["state"], effects(&app).await), (&json!("DONE"), 3));
}

#[tokio::test]
async fn everybody_sees_the_own_jobs_and_administrators_all() {
    let app = TestApp::start().await;
    let id = queue(&app, json!(1)).await;
    let count = async |account: &str| {
        let answer = app.run(account, "{ jobs { totalCount nodes { id requestedBy viewerCan } } }", json!({})).await;
        (answer.at("/jobs/totalCount").clone(), answer.at("/jobs/nodes/0/viewerCan").clone())
    };
    assert_eq!(count("organizer-city").await, (json!(1), json!(["JOB_MANAGE"])));
    assert_eq!(count("admin").await, (json!(1), json!(["JOB_MANAGE"])));
    assert_eq!(count("organizer-chongchuan").await, (json!(0), Value::Null));
    let foreign = app.mutate("organizer-chongchuan", "jobCancel", "job { id }", json!({ "job": id })).await;
    assert_eq!(foreign.user_errors("jobCancel"), ["job NOT_FOUND"]);
    let own = app.run("admin", "{ jobs(filter: { own: true }) { totalCount } }", json!({})).await;
    assert_eq!(own.at("/jobs/totalCount"), 0);
}

async fn duties(app: &TestApp) -> Vec<Value> {
    let document = "{ obligations(first: 100) { nodes { kind dueOn organization { name } person { name } } } }";
    let mut duties =
        app.run("organizer-city", document, json!({})).await.at("/obligations/nodes").as_array().unwrap().clone();
    duties.sort_by_key(ToString::to_string);
    duties
}

#[tokio::test]
async fn obligations_are_worked_out_again_from_the_records() {
    let app = TestApp::start().await;
    let ask = async |account: &str, organization: &str| {
        let input = json!({ "organization": app.organization_id(organization) });
        app.mutate(account, "obligationRecompute", "job { id label }", input).await
    };
    ask("organizer-city", "city").await;
    while look(&app, &app.app.jobs).await {}
    let before = duties(&app).await;
    let kinds: BTreeSet<&str> = before.iter().map(|duty| duty["kind"].as_str().unwrap()).collect();
    assert_eq!((before.len(), kinds.len()), (13, 3), "{before:?}");
    let spoil = "UPDATE obligation SET closed_at = 1 WHERE kind = 'INCOMPLETE_RECORD'";
    app.execute(spoil).await;
    app.execute("UPDATE obligation SET due_on = '2020-01-01' WHERE kind = 'REELECTION_DUE'").await;
    assert_ne!(duties(&app).await, before);
    assert_eq!(ask("secretary", "grid1").await.codes(), ["FORBIDDEN"]);
    assert_eq!(
        ask("organizer-rugao", "chongchuan").await.user_errors("obligationRecompute"),
        ["organization NOT_FOUND"]
    );
    let asked = ask("organizer-city", "city").await;
    assert_eq!(asked.user_errors("obligationRecompute"), NONE);
    assert_eq!(asked.at("/obligationRecompute/job/label"), "Work out obligations again");
    let id = asked.at("/obligationRecompute/job/id").as_str().unwrap().to_owned();
    while look(&app, &app.app.jobs).await {}
    assert_eq!(duties(&app).await, before);
    let job = seen(&app, &id).await;
    assert_eq!((&job["state"], &job["done"], &job["total"]), (&json!("DONE"), &job["total"], &job["done"]));
    assert!(job["result"].as_str().unwrap().contains("organizations were looked at"), "{job}");
}

#[tokio::test]
async fn a_job_stops_where_the_right_of_the_one_who_asked_has_ended() {
    let app = TestApp::start().await;
    let input = json!({ "organization": app.organization_id("city") });
    let asked = app.mutate("organizer-city", "obligationRecompute", "job { id }", input).await;
    let id = asked.at("/obligationRecompute/job/id").as_str().unwrap().to_owned();
    app.execute("UPDATE obligation SET closed_at = 1").await;
    let account = ids::encode(app.account("organizer-city")).to_string();
    let disable = json!({ "account": account, "reason": "离岗", "version": 1 });
    let disabled = app.mutate("admin", "accountDisable", "account { status }", disable).await;
    assert_eq!(disabled.user_errors("accountDisable"), NONE);
    while look(&app, &app.app.jobs).await {}
    let parked = app.run("admin", "{ jobs(filter: { state: PARKED }) { nodes { id reason done } } }", json!({})).await;
    let expected = json!([{ "id": id, "done": 0,
        "reason": "The account that asked for this is disabled, so it does not run." }]);
    assert_eq!(parked.at("/jobs/nodes"), &expected);
}
