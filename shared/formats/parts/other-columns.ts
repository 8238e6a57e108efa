import type { CsvColumns } from "./csv-columns.ts";

/** What columns are called in tables of programs that are not known, or that write them in a person's language. */
export const OTHER_COLUMNS = {
  id: "any",
  has: [],
  code: [
    "otpauth|otpauth url|otpauth uri|otp url|otp uri|otpurl|otpuri|totp url|totp uri|qr code|totp|otp|totp secret",
    "otp secret|otpsecret|totpsecret|totp secret key|totp key|otp key|otp auth|2fa|2fa secret|2fa key|mfa secret|tfa",
    "two factor secret|two factor|one time password|one time code|authenticator key|authentication key|secret",
    "secret key|secret base32|seed|decrypted seed|decrypted secret|shared secret|login totp|einmalpasswort|einmalkennwort|mot de passe à usage unique",
    "contraseña de un solo uso|código de un solo uso|password monouso|codice monouso|senha de uso único|secreto|geheimnis",
    "eenmalig wachtwoord|одноразовый пароль|секрет|ワンタイムパスワード|일회용 비밀번호|密钥|秘钥|一次性密码|动态密码|验证器密钥",
    "双重验证|两步验证|一次性密碼|金鑰",
  ].flatMap((names) => names.split("|")),
  name: (
    "issuer|issuer name|service|service name|title|name|site name|site|app|provider|titel|titre|título|titolo|dienst|nombre|nome|nom|" +
    "название|タイトル|제목|标题|標題|名称|名稱|服务|服务名称|服务名|发行者|发行方|颁发者"
  ).split("|"),
  username: (
    "account|account name|username|user name|user|login|login name|login username|email|e mail|label|benutzername|konto|" +
    "nom d'utilisateur|identifiant|usuario|cuenta|nome utente|usuário|gebruikersnaam|имя пользователя|логин|" +
    "ユーザー名|アカウント|사용자 이름|用户名|用戶名|账户|账号|帐号|帳號|账户名|账户信息|账户名称|邮箱"
  ).split("|"),
  note: "note|notes|comment|comments|extra|notizen|notas|remarques|备注|備註|说明".split("|"),
  tags: "tags|tag|group|groups|folder|category|grouping|vault|标签|分组|文件夹|分类|類別".split("|"),
  addresses:
    "url|urls|website|web site|website address|login uri|login url|uri|site url|網址|网址|网站|链接".split(
      "|",
    ),
  pinned: "favorite|favourite|favorite status|fav|pinned|starred|收藏".split("|"),
  trashed: "archived|archived status|trashed|deleted".split("|"),
} as const satisfies CsvColumns;

/** What an entry without a URI says of itself in columns of its own. */
export const PARAMETER_COLUMNS = {
  type: "type|otp type|kind|类型".split("|"),
  algorithm: "algorithm|algo|hash|hash algorithm|digest|算法".split("|"),
  digits: "digits|digit|length|code length|位数|验证码位数".split("|"),
  period: "period|interval|step|timer|time step|period (s)|周期|周期(秒)|间隔|时间间隔".split("|"),
  counter: "counter|计数器".split("|"),
} as const;

/** The name of a column, however its words are joined. */
export function otherColumnName(cell: string): string {
  return cell
    .trim()
    .toLowerCase()
    .replace(/[\s_-]+/g, " ")
    .replace(/（/g, "(")
    .replace(/）/g, ")");
}

/** The name of the column that holds codes, by its name alone; null if none is called so. */
export function codeColumn(header: readonly string[]): string | null {
  const names: readonly string[] = OTHER_COLUMNS.code;
  return header.map(otherColumnName).find((name) => names.includes(name)) ?? null;
}
