//! Global ids: opaque to clients, typed inside. A key of the wrong type is never found.
use async_graphql::ID;
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use entity::{
    AccountId, AffiliationId, ApiTokenId, AttachmentId, AuditId, DivisionId, GrantId, JobId, MemberId, NotificationId,
    ObligationId, OrganizationId, PersonId, PostId, ProblemReportId, RoleId, RuleSetId, SessionId, TermId,
};
use uuid::Uuid;

/// A key that has a global id.
pub trait GlobalId: From<Uuid> + Copy {
    /// The letter that stands before the key in a global id; unique for each type.
    const TAG: u8;

    /// The bare key.
    fn uuid(&self) -> Uuid;
}

macro_rules! tags {
    ($($name:ident $tag:literal),* $(,)?) => {$(
        impl GlobalId for $name {
            const TAG: u8 = $tag;

            fn uuid(&self) -> Uuid {
                self.0
            }
        }
    )*};
}

tags!(
    AccountId b'a', AffiliationId b'f', ApiTokenId b'k', AttachmentId b'h', AuditId b'u', DivisionId b'd', GrantId b'g', JobId b'j', MemberId b'm', NotificationId b'n', ObligationId b'b', OrganizationId b'o',
    PersonId b'p', PostId b's', ProblemReportId b'q', RoleId b'r', RuleSetId b'l', SessionId b'i', TermId b't',
);

/// The global id of `key`.
pub fn encode<T: GlobalId>(key: T) -> ID {
    encode_tagged(T::TAG, key.uuid())
}

/// The global id of the key `uuid` of the type with `tag`.
pub fn encode_tagged(tag: u8, uuid: Uuid) -> ID {
    let mut bytes = [tag; 17];
    if let Some(rest) = bytes.get_mut(1..) {
        rest.copy_from_slice(uuid.as_bytes());
    }
    ID(URL_SAFE_NO_PAD.encode(bytes))
}

/// Tag and key of a global id; none where it is not one.
pub fn decode_tagged(id: &str) -> Option<(u8, Uuid)> {
    let bytes: [u8; 17] = URL_SAFE_NO_PAD.decode(id).ok()?.try_into().ok()?;
    let (tag, uuid) = bytes.split_first()?;
    Some((*tag, Uuid::from_slice(uuid).ok()?))
}

/// The key of a global id of this type; none where it is of another type or no id at all.
pub fn decode<T: GlobalId>(id: &str) -> Option<T> {
    decode_tagged(id).filter(|(tag, _)| *tag == T::TAG).map(|(_, uuid)| uuid.into())
}

/// Like [`decode`], with a key that never exists in place of none: a wrong id reads as "not found".
pub fn decode_or_nil<T: GlobalId>(id: &str) -> T {
    decode(id).unwrap_or_else(|| Uuid::nil().into())
}
