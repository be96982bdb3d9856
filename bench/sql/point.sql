-- One person with the membership and the home organization.
SELECT json_build_object(
    'id', person.id,
    'name', person.name,
    'sex', person.sex,
    'education', person.education,
    'membership', CASE WHEN member.id IS NOT NULL THEN json_build_object(
        'id', member.id,
        'stage', member.stage,
        'fullOn', member.full_on,
        'homeOrganization', json_build_object('id', home.id, 'name', home.name, 'kind', home.kind)
    ) END
)::text
FROM person
LEFT JOIN member ON member.person_id = person.id
LEFT JOIN organization home ON home.id = member.home_organization_id
WHERE person.id = $1
