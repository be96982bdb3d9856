import { makePgService } from "postgraphile/adaptors/pg";
import { PostGraphileAmberPreset } from "postgraphile/presets/amber";

const { CONNECTIONS, DATABASE_URL, PORT } = process.env;

export default {
  extends: [PostGraphileAmberPreset],
  pgServices: [makePgService({ connectionString: DATABASE_URL, schemas: ["public"], poolConfig: { max: Number(CONNECTIONS) } })],
  grafserv: { host: "127.0.0.1", port: Number(PORT), graphqlPath: "/graphql", graphiql: false, watch: false },
};
