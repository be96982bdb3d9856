-- The first twenty branches of a subtree by name, each with its posts (the secretary's among them) and their holders,
-- and with its first five members by name and their ties to other organizations.
SELECT coalesce(json_agg(json_build_object('id', id, 'name', name, 'posts', posts, 'members', members)), '[]')::text
FROM (
    SELECT branch.id, branch.name,
        (
            SELECT coalesce(json_agg(json_build_object(
                'id', post.id, 'title', post.title, 'person', json_build_object('id', holder.id, 'name', holder.name)
            )), '[]')
            FROM organization_post post
            JOIN person holder ON holder.id = post.person_id
            WHERE post.organization_id = branch.id AND post.until IS NULL
        ) AS posts,
        (
            SELECT coalesce(json_agg(json_build_object(
                'id', first.id,
                'stage', first.stage,
                'person', json_build_object('id', first.person_id, 'name', first.name, 'affiliations', (
                    SELECT coalesce(json_agg(json_build_object(
                        'id', tie.id, 'kind', tie.kind,
                        'organization', json_build_object('id', other.id, 'name', other.name)
                    )), '[]')
                    FROM affiliation tie
                    JOIN organization other ON other.id = tie.organization_id
                    WHERE tie.person_id = first.person_id AND tie.until IS NULL
                ))
            )), '[]')
            FROM (
                SELECT member.id, member.stage, member.person_id, person.name
                FROM member
                JOIN person ON person.id = member.person_id
                WHERE member.home_organization_id = branch.id AND person.status = 'ACTIVE'
                ORDER BY person.sort_key, member.id
                LIMIT 5
            ) AS first
        ) AS members
    FROM organization branch
    WHERE branch.status = 'ACTIVE' AND branch.kind = 'BRANCH'
        AND branch.id IN (SELECT descendant_id FROM organization_closure WHERE ancestor_id = $1)
    ORDER BY branch.sort_key, branch.id
    LIMIT 20
) AS page
