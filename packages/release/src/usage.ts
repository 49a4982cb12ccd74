import type { SendJob } from "./job";

const WHAT = {
  preview:
    "Builds the applet and shows a QR code that opens it on the phone of a member of the mini program's project.",
  upload: "Builds the applet and uploads it as a version, which can then be put up for review in WeChat's console.",
};

const OWN = {
  preview: `  --query <query>     how the preview is opened; default userPoolId=<USER_POOL_ID>&getPhone=1&fromApp=1
  --qr <file.jpg>     write the QR code to a file instead of the terminal
`,
  upload: "",
};

/** What --help prints. */
export function usage(kind: SendJob["kind"]): string {
  return `usage: npm run ${kind} -- [options]

${WHAT[kind]}
Nothing is sent while a setting is a development one, the build fails or the package is over its budget.

  --appid <AppID>     the mini program, or WECHAT_APP_ID
  --robot <1-30>      which of WeChat's upload robots speaks, each keeps one version; default 1
  --description <t>   default: the subject of the last commit
${OWN[kind]}  -h, --help

The version is that of package.json.

environment, beside the applet's settings below:
  WECHAT_UPLOAD_KEY_PATH  file of the code upload key; or the key itself in WECHAT_UPLOAD_KEY
  HTTPS_PROXY             if this computer needs one`;
}
