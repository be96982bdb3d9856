-- The first fifty members of the whole city by name, each with person, organization and stage.
SELECT coalesce(json_agg(json_build_object(
    'id', id,
    'stage', stage,
    'fullOn', full_on,
    'person', json_build_object('id', person_id, 'name', person_name, 'sex', sex),
    'homeOrganization', json_build_object('id', home_id, 'name', home_name)
)), '[]')::text
FROM (
    SELECT member.id, member.stage, member.full_on, member.person_id, person.name AS person_name, person.sex,
        home.id AS home_id, home.name AS home_name
    FROM member
    JOIN person ON person.id = member.person_id
    JOIN organization home ON home.id = member.home_organization_id
    WHERE person.status = 'ACTIVE'
        -- One handler asks all questions; this one is about nothing in particular.
        AND $1::uuid IS NOT NULL
    ORDER BY person.sort_key, member.id
    LIMIT 50
) AS page
