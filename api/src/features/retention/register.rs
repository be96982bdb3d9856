//! THE register of tables.

/// The same words in Chinese and in English.
pub type Words = (&'static str, &'static str);

/// How long rows are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rule {
    /// As long as the record of the person, which two people may erase.
    WithPerson,
    /// So many days after the row came to its end.
    AfterEnd {
        /// Days.
        days: u16,
        /// SQL over a row: the moment of its end; null while it is in use.
        end: &'static str,
    },
    /// So many days after the row was made.
    AfterCreation {
        /// Days.
        days: u16,
        /// The column that says when it was made.
        column: &'static str,
    },
    /// For ever, and why.
    ForEver(Words),
}

/// One table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its name in the database.
    pub table: &'static str,
    /// What people call its rows.
    pub name: Words,
    /// For what they are kept.
    pub purpose: Words,
    /// Whether they say something about a person.
    pub personal: bool,
    /// For how long they are kept.
    pub rule: Rule,
    /// Columns of the primary key.
    pub key: &'static [&'static str],
}

const RECORD: Words = ("工作记录，只归档不删除。", "A record of the work: it is archived, never deleted.");
const STATE: Words =
    ("当前状态，随变化替换，不积累。", "The present state: replaced as it changes, it does not pile up.");
const PROOF: Words =
    ("证明谁做了什么，删去就无法问责。", "Proof of who did what; without it nobody answers for anything.");

/// Days for which sign-ins are kept: six months and some slack. The Cybersecurity Law of China (网络安全法), article 21,
/// demands at least six months.
const SIGN_INS: u16 = 200;

macro_rules! register {
    ($($table:literal $personal:literal [$($key:literal)*] $zh:literal $en:literal: $zh_why:literal $en_why:literal, $rule:expr;)*) => {
        /// Every table of the database. A row that points to another goes first, so its table stands before.
        pub const REGISTER: &[Entry] = &[$(Entry {
            table: $table,
            name: ($zh, $en),
            purpose: ($zh_why, $en_why),
            personal: $personal,
            rule: $rule,
            key: &[$($key),*],
        },)*];
    };
}

register! {
    "person" true ["id"] "人员" "Persons": "记录组织工作涉及的人，敏感信息加密保存。" "The people whom the work is about; protected fields are sealed.", Rule::WithPerson;
    "member" true ["id"] "党员身份" "Memberships": "记录发展阶段和所在组织。" "Stage and home organization of a membership.", Rule::WithPerson;
    "member_stage" true ["id"] "发展阶段" "Stages": "记录各阶段的起止，供统计和追溯。" "When each stage ran, for counts as of a day.", Rule::WithPerson;
    "member_home" true ["id"] "组织关系" "Home organizations": "记录组织关系的转接。" "Where a membership lay and when.", Rule::WithPerson;
    "member_contact" true ["id"] "培养联系人" "Contact persons": "记录谁联系培养谁。" "Who accompanies whom on the way to membership.", Rule::WithPerson;
    "affiliation" true ["id"] "其他归属" "Affiliations": "记录人员在其他组织的活动。" "Ties of a person to other organizations.", Rule::WithPerson;
    "organization_post" true ["id"] "任职" "Posts": "记录班子成员的任免。" "Who holds a post of a leading body.", Rule::WithPerson;
    "person_export" true ["person_id"] "本人信息导出" "Exports of one's own data": "让本人拿到关于自己的全部信息。" "The person gets everything that is stored about him.", Rule::AfterCreation { days: 7, column: "requested_at" };
    "search_token" true ["subject" "token" "subject_id"] "搜索词" "Search tokens": "按姓名、名称和代码查找。" "Finding by name and code.", Rule::WithPerson;
    "account" true ["id"] "账号" "Accounts": "登录系统。" "Signing in.", Rule::WithPerson;
    "role_grant" true ["id"] "授权" "Grants": "记录谁在哪里有什么角色。" "Who has which role where.", Rule::ForEver(PROOF);
    "erasure_proposal" true ["id"] "清除提议" "Proposals to erase": "清除个人信息须两人同意。" "An erasure takes two people.", Rule::ForEver(PROOF);
    "erasure" false ["person_id"] "清除记录" "Erasures": "使已清除的信息不因恢复备份而重现。" "What was erased must not come back with a backup.", Rule::ForEver(("只记编号和时间，已清除的须始终清除。", "Keys and times only: what is erased stays erased."));
    "unmask_event" true ["id"] "查看记录" "Looks at protected fields": "本人可以看到谁查看过敏感信息。" "The person sees who looked.", Rule::ForEver(PROOF);
    "audit" true ["id"] "变动记录" "Audit trail": "记录每次变动，敏感内容只记“已改”。" "Every change; protected values only as changed.", Rule::ForEver(PROOF);
    "audit_pending" false ["audit_id"] "待封存的变动" "Changes to be sealed": "等待连成链条的变动。" "Changes that wait to be chained.", Rule::AfterEnd { days: 0, end: "(SELECT at FROM audit_seal WHERE audit_seal.audit_id = audit_pending.audit_id)" };
    "audit_seal" false ["position"] "封存链" "Seals": "证明变动记录没有被改过。" "Proof that the trail was not changed.", Rule::ForEver(PROOF);
    "audit_sealer" false ["id"] "封存进度" "State of the sealer": "同一时刻只有一处在封存。" "Only one replica seals at a time.", Rule::ForEver(STATE);
    "obligation" true ["id"] "应办事项" "Obligations": "提醒到期该办的事。" "What is due, and when it was done.", Rule::ForEver(("工作记录；清除个人信息后不再指向具体的人。", "A record of the work; after an erasure it points to nobody."));
    "attachment" true ["id"] "附件" "Attachments": "保存组织和人员的材料。" "Papers of organizations and persons.", Rule::ForEver(("随所属组织保存；人员的附件在清除个人信息时移除。", "Kept with their owner; those of a person go with an erasure."));
    "attachment_upload" true ["id"] "未完成的上传" "Unfinished uploads": "上传中断后可以接着传。" "An upload that broke off can go on.", Rule::AfterEnd { days: 1, end: "touched_at" };
    "attachment_chunk" false ["upload_id" "\"from\""] "上传的片段" "Parts of uploads": "已收到的部分，随上传一同移除。" "What has arrived; it goes with the upload.", Rule::AfterEnd { days: 1, end: "(SELECT touched_at FROM attachment_upload WHERE attachment_upload.id = attachment_chunk.upload_id)" };
    "notification" true ["id"] "通知" "Notifications": "告诉账号有什么与之有关。" "Tells an account what concerns it.", Rule::AfterEnd { days: 30, end: "read_at" };
    "notification_setting" true ["account_id" "kind"] "通知设置" "Notification settings": "各账号想收到什么通知。" "What an account wants to be told.", Rule::WithPerson;
    "problem_report" true ["id"] "问题反馈" "Problem reports": "改进系统。" "Making the product better.", Rule::AfterCreation { days: 730, column: "created_at" };
    "outbox_cursor" false ["reader"] "变更通知的读者" "Readers of facts": "每个读者读到哪里。" "How far each reader has come.", Rule::ForEver(STATE);
    "outbox_head" false ["id"] "变更通知的位置" "Head of the facts": "最后一条变更通知的位置。" "The position of the last fact.", Rule::ForEver(STATE);
    "outbox" false ["id"] "变更通知" "Facts about changes": "告诉打开的页面和通知有了变动，只记编号。" "Tells open pages and notifications that something changed; keys only.", Rule::AfterEnd { days: 7, end: "CASE WHEN position <= COALESCE((SELECT MIN(position) FROM outbox_cursor), position) THEN at END" };
    "job" true ["id"] "后台任务" "Background work": "显示进度和结果，中断后接着做。" "Progress and results; work goes on after a stop.", Rule::AfterEnd { days: 90, end: "finished_at" };
    "idempotency_key" true ["actor_id" "key"] "防重复提交的键" "Idempotency keys": "同一请求发两次只生效一次。" "A request that is sent twice works once.", Rule::AfterCreation { days: 30, column: "created_at" };
    "refresh_token" true ["hash"] "续期凭证" "Refresh tokens": "保持登录，只存摘要。" "Staying signed in; only hashes are kept.", Rule::AfterEnd { days: 0, end: "(SELECT COALESCE(ended_at, expires_at) FROM sign_in_session WHERE sign_in_session.id = refresh_token.session_id)" };
    "api_token" true ["id"] "访问令牌" "API tokens": "让其他系统不用登录就能访问，只存摘要。" "Other systems ask without signing in; only hashes are kept.", Rule::AfterEnd { days: SIGN_INS, end: "COALESCE(revoked_at, expires_at)" };
    "second_factor" true ["account_id"] "两步验证" "Second factors": "登录时多一道验证，种子加密保存。" "A second proof when signing in; the seed is sealed.", Rule::WithPerson;
    "recovery_code" true ["code_hash"] "恢复码" "Recovery codes": "手机不在时代替验证码，只存摘要。" "Stand in for a lost phone; only hashes are kept.", Rule::AfterEnd { days: 30, end: "used_at" };
    "one_time_link" true ["code_hash"] "一次性链接" "One-time links": "让本人设置密码，只存摘要。" "Setting a password; only hashes are kept.", Rule::AfterEnd { days: 30, end: "COALESCE(used_at, ended_at, expires_at)" };
    "sign_in_session" true ["id"] "登录会话" "Sign-in sessions": "让本人和管理员看到哪里登录着。" "Who is signed in where; the owner can end it.", Rule::AfterEnd { days: SIGN_INS, end: "COALESCE(ended_at, expires_at)" };
    "sign_in_event" true ["id"] "登录记录" "Sign-ins": "发现异常登录，法律要求至少留存六个月。" "Noticing foreign sign-ins; the law demands six months.", Rule::AfterCreation { days: SIGN_INS, column: "at" };
    "sign_in_throttle" true ["key"] "登录失败计数" "Failed sign-ins": "防止猜密码。" "Slowing down those who guess passwords.", Rule::AfterEnd { days: 1, end: "blocked_until" };
    "organization" false ["id"] "组织" "Organizations": "组织树和组织的基本情况。" "The tree of organizations.", Rule::ForEver(RECORD);
    "organization_parent" false ["id"] "上级变化" "Parents": "记录组织何时在谁之下。" "Below which one an organization lay and when.", Rule::ForEver(RECORD);
    "organization_status_period" false ["id"] "状态变化" "States": "记录组织何时成立、归档。" "When an organization worked.", Rule::ForEver(RECORD);
    "organization_term" false ["id"] "任期" "Terms": "记录换届和任期。" "Reelections and terms of office.", Rule::ForEver(RECORD);
    "organization_closure" false ["ancestor_id" "descendant_id"] "组织的隶属关系" "Which organization lies below which": "快速查询范围。" "Finding a subtree fast.", Rule::ForEver(STATE);
    "organization_count" false ["organization_id" "stage"] "人数" "Head counts": "快速统计人数。" "Counting people fast.", Rule::ForEver(STATE);
    "division" false ["id"] "行政区划" "Divisions": "公开的行政区划。" "Administrative divisions, which are public.", Rule::ForEver(STATE);
    "role" false ["id"] "角色" "Roles": "权限的组合。" "Sets of permissions.", Rule::ForEver(STATE);
    "role_permission" false ["role_id" "permission"] "角色的权限" "Permissions of roles": "角色能做什么。" "What a role may do.", Rule::ForEver(STATE);
    "rule_set_period" false ["id"] "规则的时段" "Periods of rule sets": "记录哪天适用哪份规则。" "Which rules held on which day.", Rule::ForEver(RECORD);
    "rule_set" false ["id"] "规则" "Rule sets": "应办事项按规则产生。" "What is due follows from them.", Rule::ForEver(RECORD);
    "setting" false ["key"] "设置" "Settings": "实例的设置和密钥指纹。" "Settings and the fingerprint of the key.", Rule::ForEver(STATE);
    "epoch" false ["name"] "版本号" "Epochs": "让各副本得知权限有变。" "Tells the replicas that rights have changed.", Rule::ForEver(STATE);
    "document_list" false ["hash"] "网页的查询清单" "Document lists": "旧页面在升级后仍能用；保留最近五份。" "Older pages work after an upgrade; the last five are kept.", Rule::AfterEnd { days: 0, end: "CASE WHEN hash NOT IN (SELECT hash FROM document_list ORDER BY served_at DESC, hash DESC LIMIT 5) THEN served_at END" };
    "seaql_migrations" false ["version"] "结构变更" "Migrations": "数据库已做过的结构变更。" "Changes of the schema that were made.", Rule::ForEver(STATE);
}

impl Entry {
    /// SQL over a row: since when it is no longer needed, and the days for which it is kept from then on; none where
    /// nothing is ever let go.
    pub fn end(&self) -> Option<(&'static str, u16)> {
        match self.rule {
            Rule::AfterEnd { days, end } => Some((end, days)),
            Rule::AfterCreation { days, column } => Some((column, days)),
            Rule::WithPerson | Rule::ForEver(_) => None,
        }
    }

    /// The rule as a sentence, in Chinese and in English.
    pub fn sentence(&self) -> (String, String) {
        let days = |n: u16| if n == 1 { "1 day".to_owned() } else { format!("{n} days") };
        match self.rule {
            Rule::WithPerson => (
                "与人员档案同存，直到两人确认清除个人信息。".to_owned(),
                "As long as the person's record, until two people erase what is personal.".to_owned(),
            ),
            Rule::AfterEnd { days: 0, .. } => {
                ("结束后一天内移除。".to_owned(), "Removed within a day of its end.".to_owned())
            }
            Rule::AfterEnd { days: n, .. } => {
                (format!("结束后保留 {n} 天。"), format!("For {} after it ends.", days(n)))
            }
            Rule::AfterCreation { days: n, .. } => {
                (format!("产生后保留 {n} 天。"), format!("For {} after it was made.", days(n)))
            }
            Rule::ForEver((zh, en)) => (format!("一直保留：{zh}"), format!("For ever. {en}")),
        }
    }
}
