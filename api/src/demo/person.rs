//! The row of a person, sealed.
use entity::{
    Date, Education, OccupationGroup, OrganizationLevel, PersonId, RecordStatus, SearchSubject, Sector, SensitiveField,
    Sex, person, search_token,
};

use super::{
    life::soon_after,
    names::Registry,
    plan::{Node, Plan},
    script::Gap,
    seed::{Seed, days_before, moment},
};
use crate::{
    db::{
        seal::{Unsealable, Vault},
        search::{person_sort_key, tokens},
    },
    features::person::service::seal,
};

const ETHNICITIES: [(&str, usize); 7] =
    [("汉族", 970), ("回族", 8), ("苗族", 5), ("土家族", 5), ("壮族", 4), ("满族", 4), ("蒙古族", 4)];
const NATIVE_PLACES: [(&str, usize); 16] = [
    ("江苏南通", 300),
    ("江苏如皋", 120),
    ("江苏海安", 100),
    ("江苏启东", 100),
    ("江苏海门", 100),
    ("江苏如东", 90),
    ("江苏盐城", 30),
    ("江苏泰州", 30),
    ("江苏扬州", 20),
    ("江苏徐州", 15),
    ("安徽六安", 15),
    ("安徽安庆", 15),
    ("河南信阳", 15),
    ("山东临沂", 10),
    ("湖北黄冈", 10),
    ("四川达州", 10),
];
const EMPLOYERS: [&str; 6] =
    ["示例纺织有限公司", "示例机械有限公司", "示例物业服务公司", "示例小学", "示例超市", "示例建筑公司"];

/// What is known of a person before the row is written.
pub(super) struct Draft<'a> {
    /// Birth date.
    pub(super) birth: Date,
    /// Home organization, or the one of the affiliation.
    pub(super) node: &'a Node,
    /// First day on which the record may have been entered.
    pub(super) known_since: Date,
    /// Days since the record was entered, where that is fixed.
    pub(super) entered: Option<i64>,
    /// What the record lacks.
    pub(super) gap: Option<Gap>,
}

/// Writes persons.
pub(super) struct Register<'a> {
    pub(super) seed: &'a Seed,
    pub(super) vault: &'a Vault,
    pub(super) plan: &'a Plan,
    pub(super) numbers: Registry,
}

impl Register<'_> {
    /// A new person with search tokens.
    pub(super) fn person(
        &mut self,
        draft: &Draft<'_>,
        found: &mut Vec<search_token::Model>,
    ) -> Result<person::Model, Unsealable> {
        let seed = self.seed;
        let id: PersonId = seed.id();
        let lacks = |gap| draft.gap == Some(gap);
        let sex = seed.pick(&[Sex::Female, Sex::Male, Sex::Male]);
        let age = (seed.today() - draft.birth).num_days() / 365;
        let occupation = occupation(seed, draft.node, age);
        let phone = self.numbers.phone();
        let identity = self.numbers.identity(draft.birth, sex);
        let birth = draft.birth.to_string();
        let has_birth = !lacks(Gap::BirthDate);
        let has_identity = has_birth && !lacks(Gap::Identity);
        let name = self.numbers.name(seed);
        let address = seed
            .chance(700)
            .then(|| format!("江苏省南通市示例路{}号{}室", seed.between(1, 400), seed.between(101, 2_404)));
        let sort_key = person_sort_key(&name);
        found.extend(tokens(&name, &sort_key, &[]).into_iter().map(|token| search_token::Model {
            subject: SearchSubject::Person,
            token,
            subject_id: id.0,
        }));
        let created_on = self.created_on(draft);
        let created_at = moment(created_on, seed.between(0, 480));
        let changed = seed.chance(50);
        let updated_at =
            if changed { created_at.max(moment(soon_after(seed, created_on, 900), 490)) } else { created_at };
        let mut row = person::Model {
            id,
            name,
            sort_key,
            sex: (!lacks(Gap::Sex)).then_some(sex),
            ethnicity: Some(seed.weighted(&ETHNICITIES).to_owned()),
            native_place: Some(seed.weighted(&NATIVE_PLACES).to_owned()),
            education: (!lacks(Gap::Education)).then(|| education(seed, draft.node.sector, age)),
            employer: self.employer(draft.node, occupation),
            occupation_group: (!lacks(Gap::Occupation)).then_some(occupation),
            birth_year: None,
            data_key: None,
            birth_sealed: None,
            phone_sealed: None,
            phone_index: None,
            identity_sealed: None,
            identity_index: None,
            address_sealed: None,
            status: RecordStatus::Active,
            created_at,
            updated_at,
            version: if changed { 2 } else { 1 },
        };
        let values = [
            (SensitiveField::BirthDate, has_birth.then_some(birth.as_str())),
            (SensitiveField::Phone, (!lacks(Gap::Phone)).then_some(phone.as_str())),
            (SensitiveField::IdentityNumber, has_identity.then_some(identity.as_str())),
            (SensitiveField::Address, address.as_deref()),
        ];
        seal(self.vault, seed.ambient(), &mut row, &values)?;
        Ok(row)
    }

    /// The system began five years ago with the people of that day.
    fn created_on(&self, draft: &Draft<'_>) -> Date {
        let seed = self.seed;
        let begun = days_before(seed.today(), 5 * 365 - seed.between(0, 120));
        let entered = match draft.entered {
            Some(days) => days_before(seed.today(), days),
            None => soon_after(seed, draft.known_since, 6).max(begun),
        };
        entered.max(draft.known_since).min(days_before(seed.today(), 1))
    }

    fn employer(&self, node: &Node, occupation: OccupationGroup) -> Option<String> {
        use OccupationGroup::{Farmer, Retired, SelfEmployed, Student};
        if matches!(occupation, Farmer | Retired | SelfEmployed) {
            return None;
        }
        if node.level != OrganizationLevel::Unit {
            let chosen = self.seed.chance(600) && occupation != Student;
            return chosen.then(|| self.seed.pick(&EMPLOYERS).to_owned());
        }
        if matches!(node.sector, Sector::NewEmployment | Sector::IndustryChain | Sector::SocialOrganization) {
            return Some(self.seed.pick(&EMPLOYERS).to_owned());
        }
        let above = node.parent.and_then(|parent| self.plan.nodes().get(parent));
        let office = above.filter(|above| above.level == OrganizationLevel::Unit && above.name.contains("示例"));
        let name = office.map_or(node.name.as_str(), |office| office.name.as_str());
        let stem = ["机关党委", "机关党总支", "机关党支部", "党总支", "党支部", "党委"]
            .iter()
            .find_map(|suffix| name.strip_suffix(suffix));
        Some(stem.unwrap_or(name).to_owned())
    }
}

fn occupation(seed: &Seed, node: &Node, age: i64) -> OccupationGroup {
    use OccupationGroup::{
        CivilServant, CommunityWorker, Courier, EnterpriseManager, Farmer, Medical, Other, Professional, Retired,
        RideHailingDriver, SelfEmployed, Streamer, Student, Teacher, Worker,
    };
    if node.sector == Sector::Village && seed.chance(600) {
        return Farmer;
    }
    if age >= 60 {
        return Retired;
    }
    match node.sector {
        Sector::Village => seed.weighted(&[(Worker, 40), (SelfEmployed, 25), (CommunityWorker, 15), (Other, 20)]),
        Sector::Community => seed.weighted(&[
            (Worker, 25),
            (Professional, 20),
            (CommunityWorker, 15),
            (SelfEmployed, 15),
            (EnterpriseManager, 10),
            (Other, 15),
        ]),
        Sector::Government => CivilServant,
        Sector::StateEnterprise => seed.weighted(&[(Worker, 50), (Professional, 30), (EnterpriseManager, 20)]),
        Sector::University if node.name.contains("学生") => Student,
        Sector::University => Teacher,
        Sector::PublicHospital => Medical,
        Sector::PrivateEnterprise => seed.weighted(&[(Worker, 50), (EnterpriseManager, 25), (Professional, 25)]),
        Sector::SocialOrganization => seed.weighted(&[(Professional, 70), (Other, 30)]),
        Sector::NewEmployment if node.name.contains("司机") => RideHailingDriver,
        Sector::NewEmployment if node.name.contains("主播") => Streamer,
        Sector::NewEmployment => Courier,
        Sector::IndustryChain => seed.weighted(&[(Professional, 50), (Worker, 30), (EnterpriseManager, 20)]),
    }
}

fn education(seed: &Seed, sector: Sector, age: i64) -> Education {
    use Education::{Bachelor, College, Doctor, JuniorSecondary, Master, Primary, SeniorSecondary, Vocational};
    match sector {
        Sector::Village if age >= 60 => {
            seed.weighted(&[(Primary, 25), (JuniorSecondary, 45), (SeniorSecondary, 25), (Vocational, 5)])
        }
        Sector::Government | Sector::StateEnterprise => {
            seed.weighted(&[(College, 15), (Bachelor, 60), (Master, 24), (Doctor, 1)])
        }
        Sector::University | Sector::PublicHospital => {
            seed.weighted(&[(College, 10), (Bachelor, 45), (Master, 30), (Doctor, 15)])
        }
        _ => seed.weighted(&[
            (JuniorSecondary, 15),
            (SeniorSecondary, 20),
            (Vocational, 10),
            (College, 30),
            (Bachelor, 22),
            (Master, 3),
        ]),
    }
}
