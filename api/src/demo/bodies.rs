//! The bodies beside the chain: offices, enterprises, hospitals, universities, industries, new employment, chains.
//! Their names say what they are and belong to nobody.
use entity::{BranchForm, OrganizationKind, OrganizationLevel, Sector};

use super::{
    divisions::DivisionRow,
    names::numeral,
    plan::{Node, Place, Plan},
    seed::{Seed, days_before},
};

const BUREAUS: [&str; 30] = [
    "发展改革委",
    "教育局",
    "科技局",
    "工业和信息化局",
    "公安局",
    "民政局",
    "司法局",
    "财政局",
    "人力资源社会保障局",
    "自然资源局",
    "生态环境局",
    "住房城乡建设局",
    "城市管理局",
    "交通运输局",
    "水利局",
    "农业农村局",
    "商务局",
    "文化广电和旅游局",
    "卫生健康委",
    "退役军人事务局",
    "应急管理局",
    "审计局",
    "市场监管局",
    "体育局",
    "统计局",
    "医保局",
    "信访局",
    "数据局",
    "机关事务管理局",
    "档案馆",
];
const STATE_ENTERPRISES: [&str; 8] = ["城建", "交通", "水务", "文旅", "能源", "粮食", "港口", "产业投资"];
const UNIVERSITIES: [&str; 5] = ["江海示例大学", "示例理工学院", "示例师范学院", "示例职业大学", "示例航运职业学院"];
const SCHOOLS: [&str; 4] = ["机械学院", "信息学院", "医学院", "文学院"];
const DEPARTMENTS: [&str; 5] = ["内科", "外科", "门诊", "医技", "护理"];
const INDUSTRIES: [&str; 7] = ["律师", "注册会计师", "税务师", "民办教育", "物业服务", "互联网", "商会"];
const NEW_EMPLOYMENT: [(&str, &str); 5] = [
    ("外卖配送行业", "骑手"),
    ("快递行业", "快递员"),
    ("网约车行业", "司机"),
    ("道路货运行业", "货车司机"),
    ("网络直播行业", "主播"),
];
const CHAINS: [&str; 6] = ["船舶海工", "高端纺织", "新能源", "新一代信息技术", "高端装备", "新材料"];
const TRADES: [&str; 12] =
    ["纺织", "机械", "电子", "食品", "物流", "建材", "家具", "服饰", "化工", "船配", "印刷", "农业科技"];
const PARTS: [&str; 3] = ["机关第一党支部", "机关第二党支部", "离退休党支部"];

/// Short words for the nodes that the lists below add.
struct Builder<'a> {
    plan: &'a mut Plan,
    seed: &'a Seed,
}

impl Builder<'_> {
    fn add(&mut self, parent: usize, code: &str, name: String, kind: OrganizationKind, sector: Sector) -> usize {
        let node = self.plan.child(parent, code.to_owned(), name, self.seed);
        self.plan.add(Node { kind, sector, ..node })
    }

    /// A branch with people of about `weight`.
    fn branch(&mut self, parent: usize, code: &str, name: String, form: BranchForm, sector: Sector, weight: u32) {
        let node = self.plan.child(parent, code.to_owned(), name, self.seed);
        // A few enterprises have closed since.
        let archived = sector == Sector::PrivateEnterprise && weight < 12 && self.seed.chance(25);
        let archived_on = archived.then(|| days_before(self.seed.today(), self.seed.between(30, 1_500)));
        let weight = if archived { 0 } else { weight };
        self.plan.add(Node { form: Some(form), sector, weight, archived_on, ..node });
    }

    fn seat(&mut self, parent: usize, name: String, weight: u32) {
        let node = self.plan.child(parent, "A0".to_owned(), name, self.seed);
        let form = Some(BranchForm::Ordinary);
        self.plan.add(Node { form, sector: Sector::Government, weight, seat: true, ..node });
    }

    fn company(&self, town: &str) -> String {
        format!("{town}示例{}有限公司", self.seed.pick(&TRADES))
    }

    fn mark(&mut self, node: usize, place: Place) {
        if let Some(node) = self.plan.node_mut(node) {
            node.place = Some(place);
        }
    }
}

use BranchForm::{Industry, Joint, Ordinary, Regional, TaskForce};
use OrganizationKind::{Committee, GeneralBranch, WorkingCommittee};

/// Adds the bodies of the city.
pub(super) fn of_city(plan: &mut Plan, root: usize, seed: &Seed) {
    let b = &mut Builder { plan, seed };
    b.seat(root, "市委办公室党支部".to_owned(), 40);
    let offices = b.add(root, "B1", "市级机关工委".to_owned(), WorkingCommittee, Sector::Government);
    for (number, bureau) in BUREAUS.iter().enumerate() {
        let (code, name) = (format!("J{:02}", number + 1), format!("市{bureau}"));
        let (kind, suffix, parts) = match number % 3 {
            0 => (Committee, "机关党委", 3),
            1 => (GeneralBranch, "机关党总支", 2),
            _ => {
                b.branch(offices, &code, format!("{name}机关党支部"), Ordinary, Sector::Government, 18);
                continue;
            }
        };
        let office = b.add(offices, &code, format!("{name}{suffix}"), kind, Sector::Government);
        for (part, title) in (1..).zip(PARTS.iter().take(parts)) {
            b.branch(office, &format!("Z{part}"), format!("{name}{title}"), Ordinary, Sector::Government, 14);
        }
    }
    state_enterprises(b, root);
    universities(b, root);
    hospitals(b, root);
    two_new(b, root);
    new_employment(b, root);
    chains(b, root);
}

fn state_enterprises(b: &mut Builder<'_>, root: usize) {
    let sector = Sector::StateEnterprise;
    let top = b.add(root, "B2", "市国资系统党委".to_owned(), Committee, sector);
    for (number, name) in (1..).zip(STATE_ENTERPRISES) {
        let name = format!("市属示例{name}集团");
        let group = b.add(top, &format!("Q{number:02}"), format!("{name}党委"), Committee, sector);
        b.branch(group, "Z1", format!("{name}机关党支部"), Ordinary, sector, 20);
        b.branch(group, "Z2", format!("{name}生产一线党支部"), Ordinary, sector, 20);
        b.branch(group, "Z3", format!("{name}重点项目攻坚党支部"), TaskForce, sector, 10);
        b.branch(group, "Z4", format!("{name}离退休党支部"), Ordinary, sector, 16);
    }
}

fn universities(b: &mut Builder<'_>, root: usize) {
    let sector = Sector::University;
    let top = b.add(root, "B3", "市委教育工委".to_owned(), WorkingCommittee, sector);
    for (number, name) in (1..).zip(UNIVERSITIES) {
        let university = b.add(top, &format!("X{number:02}"), format!("{name}党委"), Committee, sector);
        for (part, school) in (1..).zip(SCHOOLS) {
            let code = format!("Y{part}");
            let school = format!("{name}{school}");
            let faculty = b.add(university, &code, format!("{school}党总支"), GeneralBranch, sector);
            b.branch(faculty, "Z1", format!("{school}教工党支部"), Ordinary, sector, 16);
            b.branch(faculty, "Z2", format!("{school}学生党支部"), Ordinary, sector, 16);
        }
    }
}

fn hospitals(b: &mut Builder<'_>, root: usize) {
    let sector = Sector::PublicHospital;
    let top = b.add(root, "B4", "市卫生健康系统党委".to_owned(), Committee, sector);
    for number in 1..=5 {
        let name = format!("市第{}示例医院", numeral(number));
        let hospital = b.add(top, &format!("Y{number:02}"), format!("{name}党委"), Committee, sector);
        for (part, department) in (1..).zip(DEPARTMENTS) {
            b.branch(hospital, &format!("Z{part}"), format!("{name}{department}党支部"), Ordinary, sector, 20);
        }
    }
}

fn two_new(b: &mut Builder<'_>, root: usize) {
    let sector = Sector::SocialOrganization;
    let top = b.add(root, "B5", "市委两新工委".to_owned(), WorkingCommittee, Sector::PrivateEnterprise);
    for (number, industry) in (1..).zip(INDUSTRIES) {
        let name = format!("市{industry}行业");
        let committee = b.add(top, &format!("H{number:02}"), format!("{name}党委"), Committee, sector);
        b.branch(committee, "Z0", format!("{name}协会党支部"), Ordinary, sector, 10);
        for part in 1..=4 {
            let name = format!("{name}第{}联合党支部", numeral(part));
            let form = if part == 4 { Joint } else { Industry };
            b.branch(committee, &format!("Z{part}"), name, form, sector, 12);
        }
    }
}

fn new_employment(b: &mut Builder<'_>, root: usize) {
    let sector = Sector::NewEmployment;
    let top = b.add(root, "B6", "市新就业群体党委".to_owned(), Committee, sector);
    for (number, (industry, people)) in (1..).zip(NEW_EMPLOYMENT) {
        let general = b.add(top, &format!("X{number:02}"), format!("市{industry}党总支"), GeneralBranch, sector);
        if number == 1 {
            b.mark(general, Place::NewEmployment);
        }
        for part in 1..=5 {
            let name = format!("市{industry}第{}{people}党支部", numeral(part));
            let form = if part % 2 == 0 { Regional } else { Industry };
            b.branch(general, &format!("Z{part}"), name, form, sector, 10);
        }
    }
}

fn chains(b: &mut Builder<'_>, root: usize) {
    let sector = Sector::IndustryChain;
    let top = b.add(root, "B7", "市产业链党建工委".to_owned(), WorkingCommittee, sector);
    for (number, chain) in (1..).zip(CHAINS) {
        let committee = b.add(top, &format!("L{number:02}"), format!("{chain}产业链党委"), Committee, sector);
        if number == 1 {
            b.mark(committee, Place::Chain);
        }
        b.branch(committee, "Z0", format!("{chain}链主企业党支部"), Ordinary, sector, 16);
        for part in 1..=5 {
            let number = numeral(part);
            let (form, name) = match part {
                1 | 2 => (TaskForce, format!("{chain}产业链第{number}攻坚党支部")),
                3 => (Joint, format!("{chain}产业链服务单位联合党支部")),
                _ => (Industry, format!("{chain}产业链第{number}党支部")),
            };
            b.branch(committee, &format!("Z{part}"), name, form, sector, 12);
        }
    }
}

/// Adds the bodies of a county.
pub(super) fn of_county(plan: &mut Plan, county: usize, row: &DivisionRow, seed: &Seed) {
    let b = &mut Builder { plan, seed };
    let short = row.name.trim_start_matches("南通").trim_end_matches(['区', '县', '市']);
    b.seat(county, format!("{}党政办公室党支部", row.name), 30);
    let offices = b.add(county, "B1", format!("{}机关工委", row.name), WorkingCommittee, Sector::Government);
    for (number, bureau) in (1..).zip(BUREAUS.iter().take(20)) {
        let name = format!("{short}{bureau}党支部");
        b.branch(offices, &format!("J{number:02}"), name, Ordinary, Sector::Government, 14);
    }
    let state = b.add(county, "B2", format!("{short}国资系统党委"), Committee, Sector::StateEnterprise);
    for (number, name) in (1..).zip(["城建", "交通", "水务"]) {
        let (name, form) = (format!("{short}示例{name}公司党支部"), if number == 3 { TaskForce } else { Ordinary });
        b.branch(state, &format!("Q{number:02}"), name, form, Sector::StateEnterprise, 14);
    }
    let health = b.add(county, "B3", format!("{short}卫生健康系统党委"), Committee, Sector::PublicHospital);
    for number in 1..=4 {
        let name = format!("{short}第{}示例医院党支部", numeral(number));
        b.branch(health, &format!("Y{number:02}"), name, Ordinary, Sector::PublicHospital, 18);
    }
    let two_new = b.add(county, "B4", format!("{short}两新工委"), WorkingCommittee, Sector::PrivateEnterprise);
    for number in 1..=8 {
        let (name, form) = if number < 7 {
            (format!("{}党支部", b.company(short)), Ordinary)
        } else {
            (format!("{short}第{}商圈联合党支部", numeral(number - 6)), Joint)
        };
        b.branch(two_new, &format!("Q{number:02}"), name, form, Sector::PrivateEnterprise, 10);
    }
    for (number, name) in (1..).zip(["社会工作服务中心", "志愿者协会", "养老服务协会"]) {
        let name = format!("{short}示例{name}党支部");
        b.branch(two_new, &format!("S{number:02}"), name, Ordinary, Sector::SocialOrganization, 9);
    }
    let riders = b.add(county, "B5", format!("{short}新就业群体党总支"), GeneralBranch, Sector::NewEmployment);
    for (number, (_, people)) in (1..).zip(NEW_EMPLOYMENT) {
        let name = format!("{short}{people}党支部");
        b.branch(riders, &format!("X{number:02}"), name, Regional, Sector::NewEmployment, 9);
    }
}

/// Adds the bodies of a street, town or zone; a branch gets none.
pub(super) fn of_town(plan: &mut Plan, town: usize, row: &DivisionRow, seed: &Seed) {
    let Some(node) = plan.nodes().get(town).cloned() else { return };
    let b = &mut Builder { plan, seed };
    if node.kind == OrganizationKind::Branch {
        return;
    }
    let short = node.name.trim_end_matches("党工委").trim_end_matches("党委");
    b.seat(town, format!("{short}机关党支部"), 18);
    if node.level == OrganizationLevel::Unit {
        for part in 1..=2 {
            b.branch(town, &format!("Z{part}"), format!("{short}第{}党支部", numeral(part)), Ordinary, node.sector, 14);
        }
        return;
    }
    let zone = node.level == OrganizationLevel::Zone;
    let (kind, suffix, companies) =
        if zone { (Committee, "两新党委", 6) } else { (GeneralBranch, "两新党总支", 2) };
    let two_new = b.add(town, "B1", format!("{short}{suffix}"), kind, Sector::PrivateEnterprise);
    let place = row.name.trim_end_matches(['镇', '道', '街']);
    let place = if zone { short } else { place };
    for number in 1..=companies {
        let name = format!("{}党支部", b.company(place));
        b.branch(two_new, &format!("Q{number:02}"), name, Ordinary, Sector::PrivateEnterprise, 9);
    }
    b.branch(two_new, "L1", format!("{short}楼宇商圈区域党支部"), Regional, Sector::PrivateEnterprise, 9);
    if zone {
        b.branch(two_new, "L2", format!("{short}项目攻坚党支部"), TaskForce, Sector::PrivateEnterprise, 9);
    } else {
        let name = format!("{short}社区卫生服务中心党支部");
        let name = if node.level == OrganizationLevel::Town {
            name.replace("社区卫生服务中心", "卫生院")
        } else {
            name
        };
        b.branch(town, "B2", name, Ordinary, Sector::PublicHospital, 12);
    }
}
