/** As much of oidc-provider as the bench touches. https://github.com/panva/node-oidc-provider/tree/v8.x/docs */
declare module "oidc-provider" {
  import type { RequestListener } from "node:http";

  interface Model {
    save(): Promise<string>;
  }

  export default class Provider {
    constructor(issuer: string, configuration: object);
    callback(): RequestListener;
    readonly Client: { find(id: string): Promise<object> };
    readonly Grant: new (properties: object) => Model & { addOIDCScope(scope: string): void };
    readonly AuthorizationCode: new (properties: object) => Model;
  }
}
