import { type APIRequestContext, expect, type Page } from "@playwright/test";

/** Accounts of the demonstration data. */
export type AccountName =
  | "admin"
  | "organizer-city"
  | "organizer-chongchuan"
  | "organizer-rugao"
  | "secretary"
  | "member"
  | "integrator";

export const password = process.env.JIANGHAI_DEMO_PASSWORD ?? "jianghai-demo-2026";

/** Fills in the form and sends it, whatever comes of it. */
export async function fillSignIn(page: Page, name: string, secret: string): Promise<void> {
  await page.goto("/");
  await page.getByLabel("账号", { exact: true }).fill(name);
  await page.getByLabel("密码", { exact: true }).fill(secret);
  await page.getByRole("button", { name: "登录", exact: true }).click();
}

/** Signs in through the page and waits for the shell around the workbench. */
export async function signIn(page: Page, name: AccountName): Promise<void> {
  await fillSignIn(page, name, password);
  await expect(accountMenu(page)).toBeVisible();
}

export async function signOut(page: Page): Promise<void> {
  await accountMenu(page).click();
  await page.getByRole("menuitem", { name: "退出登录" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "登录江海" })).toBeVisible();
}

export const accountMenu = (page: Page) => page.getByRole("button", { name: /账号菜单/ });

/** The GraphQL endpoint in the hands of one account. */
export class Client {
  private constructor(
    private readonly request: APIRequestContext,
    private readonly token: string,
  ) {}

  static async signIn(request: APIRequestContext, name: AccountName): Promise<Client> {
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
}
