//! Closed sets about organizations, their posts and duties.

use super::{Labelled, coded, labelled};
use crate::api::read::{Part, Read};
use crate::i18n::t;

labelled! {
    /// The legal kind of an organization.
    OrganizationKind {
        Committee "COMMITTEE" "党委" "Committee",
        WorkingCommittee "WORKING_COMMITTEE" "党工委" "Working committee",
        GeneralBranch "GENERAL_BRANCH" "党总支" "General branch",
        Branch "BRANCH" "党支部" "Branch",
        Group "GROUP" "党小组" "Group",
        MemberHousehold "MEMBER_HOUSEHOLD" "党员中心户" "Member household",
    }
}

labelled! {
    /// Where an organization stands.
    OrganizationLevel {
        City "CITY" "市" "City",
        County "COUNTY" "县市区" "County",
        Street "STREET" "街道" "Street",
        Town "TOWN" "镇" "Town",
        Zone "ZONE" "园区" "Zone",
        Community "COMMUNITY" "村社区" "Community",
        Grid "GRID" "网格" "Grid",
        Unit "UNIT" "单位" "Unit",
    }
}

labelled! {
    /// How a branch is set up.
    BranchForm {
        Ordinary "ORDINARY" "普通" "Ordinary",
        TaskForce "TASK_FORCE" "攻坚党支部" "Task force",
        Regional "REGIONAL" "区域型" "Regional",
        Industry "INDUSTRY" "行业型" "Industry",
        Joint "JOINT" "联合" "Joint",
    }
}

labelled! {
    /// The field of society an organization works in.
    Sector {
        Village "VILLAGE" "农村" "Village",
        Community "COMMUNITY" "社区" "Community",
        Government "GOVERNMENT" "机关" "Government body",
        StateEnterprise "STATE_ENTERPRISE" "国企" "State-owned enterprise",
        University "UNIVERSITY" "高校" "University",
        PublicHospital "PUBLIC_HOSPITAL" "公立医院" "Public hospital",
        PrivateEnterprise "PRIVATE_ENTERPRISE" "非公企业" "Private enterprise",
        SocialOrganization "SOCIAL_ORGANIZATION" "社会组织" "Social organization",
        NewEmployment "NEW_EMPLOYMENT" "新业态新就业群体" "New employment",
        IndustryChain "INDUSTRY_CHAIN" "产业链" "Industry chain",
    }
}

labelled! {
    /// Whether an organization is in being.
    OrganizationStatus {
        Active "ACTIVE" "正常" "Active",
        Archived "ARCHIVED" "已归档" "Archived",
    }
}

labelled! {
    /// A post of a leading body.
    PostTitle {
        Secretary "SECRETARY" "书记" "Secretary",
        DeputySecretary "DEPUTY_SECRETARY" "副书记" "Deputy secretary",
        OrganizationMember "ORGANIZATION_MEMBER" "组织委员" "Organization member",
        PublicityMember "PUBLICITY_MEMBER" "宣传委员" "Publicity member",
        DisciplineMember "DISCIPLINE_MEMBER" "纪检委员" "Discipline member",
        CommitteeMember "COMMITTEE_MEMBER" "委员" "Committee member",
        GroupLeader "GROUP_LEADER" "党小组组长" "Group leader",
        Organizer "ORGANIZER" "组织员" "Organizer",
    }
}

labelled! {
    /// A dated duty.
    ObligationKind {
        ReelectionDue "REELECTION_DUE" "组织换届" "Hold the reelection",
        MemberWithoutContact "MEMBER_WITHOUT_CONTACT" "指定培养联系人" "Assign contact persons",
        IncompleteRecord "INCOMPLETE_RECORD" "补全人员信息" "Complete the record",
        TransferAsked "TRANSFER_ASKED" "答复转接询问" "Answer a transfer question",
        GrantEnding "GRANT_ENDING" "续授到期角色" "Extend a role that ends",
    }
}
