//! Closed sets about people and members.

use super::{Labelled, coded, labelled};
use crate::api::read::{Part, Read};
use crate::i18n::t;

labelled! {
    /// A stage of development, or how it ended.
    MemberStage {
        Applicant "APPLICANT" "申请人" "Applicant",
        Activist "ACTIVIST" "积极分子" "Activist",
        Candidate "CANDIDATE" "发展对象" "Candidate",
        Probationary "PROBATIONARY" "预备党员" "Probationary member",
        Full "FULL" "正式党员" "Full member",
        Withdrawn "WITHDRAWN" "已退出" "Withdrawn",
        Cancelled "CANCELLED" "已取消" "Cancelled",
        Expelled "EXPELLED" "已除名" "Expelled",
        Deceased "DECEASED" "已去世" "Deceased",
    }
}

labelled! {
    /// Sex as in the record.
    Sex {
        Female "FEMALE" "女" "Female",
        Male "MALE" "男" "Male",
    }
}

labelled! {
    /// Highest education.
    Education {
        Primary "PRIMARY" "小学" "Primary",
        JuniorSecondary "JUNIOR_SECONDARY" "初中" "Junior secondary",
        SeniorSecondary "SENIOR_SECONDARY" "高中" "Senior secondary",
        Vocational "VOCATIONAL" "中专" "Vocational",
        College "COLLEGE" "大专" "College",
        Bachelor "BACHELOR" "本科" "Bachelor",
        Master "MASTER" "硕士" "Master",
        Doctor "DOCTOR" "博士" "Doctor",
    }
}

labelled! {
    /// What a person works as.
    OccupationGroup {
        Farmer "FARMER" "农民" "Farmer",
        Worker "WORKER" "工人" "Worker",
        CivilServant "CIVIL_SERVANT" "公务员" "Civil servant",
        Professional "PROFESSIONAL" "专业技术人员" "Professional",
        EnterpriseManager "ENTERPRISE_MANAGER" "企业管理人员" "Enterprise manager",
        CommunityWorker "COMMUNITY_WORKER" "社区工作者" "Community worker",
        Teacher "TEACHER" "教师" "Teacher",
        Medical "MEDICAL" "医务人员" "Medical staff",
        Student "STUDENT" "学生" "Student",
        Courier "COURIER" "快递外卖员" "Courier",
        RideHailingDriver "RIDE_HAILING_DRIVER" "网约车司机" "Ride-hailing driver",
        Streamer "STREAMER" "网络主播" "Streamer",
        SelfEmployed "SELF_EMPLOYED" "个体经营者" "Self-employed",
        Retired "RETIRED" "退休人员" "Retired",
        Other "OTHER" "其他" "Other",
    }
}

labelled! {
    /// Age reached in the running year.
    AgeBand {
        Under26 "UNDER_26" "25 岁及以下" "25 and under",
        From26To35 "FROM_26_TO_35" "26 至 35 岁" "26 to 35",
        From36To45 "FROM_36_TO_45" "36 至 45 岁" "36 to 45",
        From46To55 "FROM_46_TO_55" "46 至 55 岁" "46 to 55",
        From56To65 "FROM_56_TO_65" "56 至 65 岁" "56 to 65",
        Over65 "OVER_65" "66 岁及以上" "66 and over",
    }
}

labelled! {
    /// A tie beside the home organization.
    AffiliationKind {
        CommunityReportIn "COMMUNITY_REPORT_IN" "社区报到" "Community report-in",
        Alliance "ALLIANCE" "联盟" "Alliance",
        Station "STATION" "驿站" "Station",
        Temporary "TEMPORARY" "流动" "Temporary",
    }
}

labelled! {
    /// Whether a record is in use.
    RecordStatus {
        Active "ACTIVE" "在册" "On record",
        Archived "ARCHIVED" "已归档" "Archived",
    }
}

labelled! {
    /// A field that is shown masked.
    SensitiveField {
        Phone "PHONE" "手机" "Phone",
        IdentityNumber "IDENTITY_NUMBER" "身份证号" "Identity number",
        Address "ADDRESS" "住址" "Address",
        BirthDate "BIRTH_DATE" "出生日期" "Birth date",
    }
}

labelled! {
    /// Why a masked value is looked at.
    UnmaskReason {
        ContactPerson "CONTACT_PERSON" "联系本人" "Contact the person",
        VerifyIdentity "VERIFY_IDENTITY" "核对身份" "Verify the identity",
        Transfer "TRANSFER" "办理转接" "Handle a transfer",
        Care "CARE" "走访关怀" "Visit and care",
        Correction "CORRECTION" "更正信息" "Correct the record",
    }
}

labelled! {
    /// What the member list is sorted by.
    MemberOrderField {
        Name "NAME" "姓名" "Name",
        Stage "STAGE" "阶段" "Stage",
        AppliedOn "APPLIED_ON" "申请日期" "Applied on",
        FullOn "FULL_ON" "转正日期" "Full on",
        UpdatedAt "UPDATED_AT" "更新时间" "Updated",
    }
}
