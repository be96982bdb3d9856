//! The tables of Jianghai: one file a table, closed sets in [`value`], typed keys in [`id`].
//! No rules and no GraphQL live here.

pub mod id;
pub mod value;

pub mod account;
pub mod affiliation;
pub mod attachment;
pub mod attachment_chunk;
pub mod attachment_upload;
pub mod audit;
pub mod audit_pending;
pub mod audit_seal;
pub mod audit_sealer;
pub mod division;
pub mod document_list;
pub mod epoch;
pub mod erasure;
pub mod erasure_proposal;
pub mod idempotency_key;
pub mod job;
pub mod member;
pub mod member_contact;
pub mod member_home;
pub mod member_stage;
pub mod notification;
pub mod notification_setting;
pub mod obligation;
pub mod organization;
pub mod organization_closure;
pub mod organization_count;
pub mod organization_parent;
pub mod organization_post;
pub mod organization_status_period;
pub mod organization_term;
pub mod outbox;
pub mod outbox_cursor;
pub mod outbox_head;
pub mod person;
pub mod person_export;
pub mod problem_report;
pub mod refresh_token;
pub mod role;
pub mod role_grant;
pub mod role_permission;
pub mod rule_set;
pub mod rule_set_period;
pub mod search_token;
pub mod setting;
pub mod sign_in_event;
pub mod sign_in_session;
pub mod sign_in_throttle;
pub mod unmask_event;

pub use id::*;
pub use value::*;
