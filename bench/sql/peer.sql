-- What the peers read with: a role that changes nothing, and for PostGraphile the orders and subtrees that its own
-- arguments cannot say, as functions that the planner inlines.
CREATE ROLE bench_reader LOGIN;
GRANT USAGE ON SCHEMA public TO bench_reader;
GRANT SELECT ON organization, organization_closure, organization_post, person, member, affiliation TO bench_reader;

CREATE FUNCTION members_below(root uuid) RETURNS SETOF member LANGUAGE sql STABLE AS $$
    SELECT member.*
    FROM member
    JOIN person ON person.id = member.person_id
    WHERE person.status = 'ACTIVE'
        AND member.home_organization_id IN (SELECT descendant_id FROM organization_closure WHERE ancestor_id = root)
    ORDER BY person.sort_key, member.id
$$;

CREATE FUNCTION members_in_order() RETURNS SETOF member LANGUAGE sql STABLE AS $$
    SELECT member.*
    FROM member
    JOIN person ON person.id = member.person_id
    WHERE person.status = 'ACTIVE'
    ORDER BY person.sort_key, member.id
$$;

CREATE FUNCTION branches_below(root uuid) RETURNS SETOF organization LANGUAGE sql STABLE AS $$
    SELECT branch.*
    FROM organization branch
    WHERE branch.status = 'ACTIVE' AND branch.kind = 'BRANCH'
        AND branch.id IN (SELECT descendant_id FROM organization_closure WHERE ancestor_id = root)
    ORDER BY branch.sort_key, branch.id
$$;

CREATE FUNCTION organization_sorted_members(home organization) RETURNS SETOF member LANGUAGE sql STABLE AS $$
    SELECT member.*
    FROM member
    JOIN person ON person.id = member.person_id
    WHERE member.home_organization_id = home.id AND person.status = 'ACTIVE'
    ORDER BY person.sort_key, member.id
$$;
