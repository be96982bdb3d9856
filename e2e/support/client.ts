import { type APIRequestContext, expect } from "@playwright/test";
import { password } from "./sign-in";

/** The GraphQL endpoint in the hands of one account. */
export class Client {
  private constructor(
    private readonly request: APIRequestContext,
    private readonly token: string,
  ) {}

  static async signIn(request: APIRequestContext, name: string): Promise<Client> {
    const answer = await request.post("/auth/sign-in", { headers: { "X-Jianghai": "1" }, data: { name, password } });
    expect(answer.status(), await answer.text()).toBe(200);
    const { accessToken } = await answer.json();
    return new Client(request, accessToken);
  }

  /** The data of an operation; errors of the system fail the test. */
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- the document says what comes back
  async query(query: string, variables: Record<string, unknown> = {}): Promise<any> {
    const headers = { Authorization: `Bearer ${this.token}` };
    const answer = await this.request.post("/graphql", { headers, data: { query, variables } });
    const body = await answer.json();
    expect(body.errors, query).toBeUndefined();
    return body.data;
  }

  /** A mutation that has to succeed: `object` is what its payload holds beside the errors. */
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- the selection says what comes back
  async mutate(name: string, object: string, input: Record<string, unknown>): Promise<any> {
    const type = `${name[0]?.toUpperCase()}${name.slice(1)}Input`;
    const document = `mutation ($input: ${type}!) { ${name}(input: $input) { ${object} userErrors { field code message } } }`;
    const payload = (await this.query(document, { input }))[name];
    expect(payload.userErrors, name).toEqual([]);
    return payload;
  }
}
