//! Closed sets of persons in GraphQL.
use async_graphql::Enum;

/// Sex.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "entity::Sex")]
pub enum Sex {
    /// 女
    Female,
    /// 男
    Male,
}

/// Highest education (学历).
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "entity::Education")]
pub enum Education {
    /// 小学
    Primary,
    /// 初中
    JuniorSecondary,
    /// 高中
    SeniorSecondary,
    /// 中专
    Vocational,
    /// 大专
    College,
    /// 本科
    Bachelor,
    /// 硕士
    Master,
    /// 博士
    Doctor,
}

/// Occupation group (职业).
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "entity::OccupationGroup")]
pub enum OccupationGroup {
    /// 农民
    Farmer,
    /// 工人
    Worker,
    /// 公务员
    CivilServant,
    /// 专业技术人员
    Professional,
    /// 企业管理人员
    EnterpriseManager,
    /// 社区工作者
    CommunityWorker,
    /// 教师
    Teacher,
    /// 医务人员
    Medical,
    /// 学生
    Student,
    /// 快递员、外卖员
    Courier,
    /// 网约车司机
    RideHailingDriver,
    /// 网络主播
    Streamer,
    /// 个体工商户
    SelfEmployed,
    /// 离退休
    Retired,
    /// 其他
    Other,
}

/// Age reached in the running year, in fixed bands.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "crate::features::person::service::AgeBand")]
pub enum AgeBand {
    /// 25 years or less.
    #[graphql(name = "UNDER_26")]
    Under26,
    /// 26 to 35 years.
    #[graphql(name = "FROM_26_TO_35")]
    From26To35,
    /// 36 to 45 years.
    #[graphql(name = "FROM_36_TO_45")]
    From36To45,
    /// 46 to 55 years.
    #[graphql(name = "FROM_46_TO_55")]
    From46To55,
    /// 56 to 65 years.
    #[graphql(name = "FROM_56_TO_65")]
    From56To65,
    /// 66 years or more.
    #[graphql(name = "OVER_65")]
    Over65,
}

/// Whether a record is in use.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "entity::RecordStatus")]
pub enum RecordStatus {
    /// It is in use.
    Active,
    /// It is kept as a record.
    Archived,
}

/// A protected field of a person.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "entity::SensitiveField")]
pub enum SensitiveField {
    /// 手机号
    Phone,
    /// 身份证号
    IdentityNumber,
    /// 住址
    Address,
    /// 出生日期
    BirthDate,
}

/// Why somebody looks at a protected field.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "entity::UnmaskReason")]
pub enum UnmaskReason {
    /// To get in touch with the person.
    ContactPerson,
    /// To verify who the person is.
    VerifyIdentity,
    /// To transfer the membership.
    Transfer,
    /// To care for the person.
    Care,
    /// To correct the record.
    Correction,
}
