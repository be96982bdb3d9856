ALTER TABLE organization_closure DROP CONSTRAINT pk_organization_closure;
CREATE UNIQUE INDEX uq_organization_closure ON organization_closure (ancestor_id, descendant_id);
ALTER TABLE organization_closure ADD COLUMN id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY;
ANALYZE;
