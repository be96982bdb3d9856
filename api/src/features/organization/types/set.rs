//! The closed sets of organizations.
use async_graphql::Enum;

/// Legal kind of an organization (组织类别).
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "entity::OrganizationKind")]
pub enum OrganizationKind {
    /// 党委: a Party committee.
    Committee,
    /// 党工委: a working committee, appointed, so without reelection.
    WorkingCommittee,
    /// 党总支: a general branch.
    GeneralBranch,
    /// 党支部: a branch.
    Branch,
    /// 党小组: a group of a branch, not an organization in law.
    Group,
    /// 党员中心户: a member household, not an organization in law.
    MemberHousehold,
}

/// Where an organization stands (层级).
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "entity::OrganizationLevel")]
pub enum OrganizationLevel {
    /// 市
    City,
    /// 县、区
    County,
    /// 街道
    Street,
    /// 镇
    Town,
    /// 园区
    Zone,
    /// 村、社区
    Community,
    /// 网格
    Grid,
    /// 单位
    Unit,
}

/// How a branch is set up (设置方式).
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "entity::BranchForm")]
pub enum BranchForm {
    /// 普通
    Ordinary,
    /// 攻坚党支部
    TaskForce,
    /// 区域型
    Regional,
    /// 行业型
    Industry,
    /// 联合
    Joint,
}

/// Field of work (领域).
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "entity::Sector")]
pub enum Sector {
    /// 农村
    Village,
    /// 社区
    Community,
    /// 机关
    Government,
    /// 国企
    StateEnterprise,
    /// 高校
    University,
    /// 公立医院
    PublicHospital,
    /// 两新组织：非公企业
    PrivateEnterprise,
    /// 两新组织：社会组织
    SocialOrganization,
    /// 新业态新就业群体
    NewEmployment,
    /// 产业链
    IndustryChain,
}

/// Whether an organization works or is kept only as a record.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "entity::OrganizationStatus")]
pub enum OrganizationStatus {
    /// It works.
    Active,
    /// It is kept as a record.
    Archived,
}

/// Stage of a membership (发展阶段).
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "entity::MemberStage")]
pub enum MemberStage {
    /// 申请人
    Applicant,
    /// 入党积极分子
    Activist,
    /// 发展对象
    Candidate,
    /// 预备党员
    Probationary,
    /// 正式党员
    Full,
    /// Left the way by his own wish.
    Withdrawn,
    /// Candidacy or probation cancelled.
    Cancelled,
    /// Expelled.
    Expelled,
    /// Deceased.
    Deceased,
}
