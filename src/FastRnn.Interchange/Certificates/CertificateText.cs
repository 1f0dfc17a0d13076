using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

using FastRnn.Interchange.Declarations;

namespace FastRnn.Interchange.Certificates;

/// <summary>A certificate as a page and as data.</summary>
internal static class CertificateText
{
    private static readonly JsonSerializerOptions Options = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        // Names of a file may hold any character: what is not letters and digits is escaped.
        Encoder = JavaScriptEncoder.Default,
        NumberHandling = System.Text.Json.Serialization.JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    /// <summary>The page.</summary>
    public static string Markdown(Certificate certificate)
    {
        var text = new StringBuilder();
        text.AppendLine($"# {Cell(certificate.File)}: {(certificate.Passes ? "PASS" : "FAILED")}").AppendLine();
        text.AppendLine($"{Cell(certificate.Origin)}; SHA-256 `{certificate.Sha256}`").AppendLine();
        text.AppendLine("## What it is").AppendLine();
        foreach (var line in certificate.Network)
            text.AppendLine("- " + Cell(line));
        text.AppendLine().AppendLine("## Assumptions").AppendLine();
        foreach (var assumption in certificate.Assumptions)
            text.AppendLine("- " + Cell(assumption));
        if (certificate.Assumptions.Count == 0)
            text.AppendLine("None: the file says everything.");

        text.AppendLine().AppendLine("## Comparisons").AppendLine();
        text.AppendLine("The file's own rules are executed in double precision by an interpreter that shares nothing with the generator.");
        text.AppendLine("Differences are the largest |a - b| / max(1, |b|).").AppendLine();
        text.AppendLine("| inputs | what | output | shape | difference | allowed | |").AppendLine("|---|---|---|---|---|---|---|");
        foreach (var c in certificate.Comparisons)
        {
            text.AppendLine(
                $"| {Cell(c.Inputs)} | {Cell(c.Sides)} | {Cell(c.Output)} | {c.Shape} | {Number(c.Difference)} | {Number(c.Tolerance)} | "
                + $"{(c.Passes ? "ok" : "**FAILED**")} |");
        }

        text.AppendLine().AppendLine("## Tensors").AppendLine();
        text.AppendLine("| in the file | shape | type | sum | became |").AppendLine("|---|---|---|---|---|");
        foreach (var use in certificate.Tensors)
        {
            var tensor = use.Tensor;
            text.AppendLine(
                $"| {Cell(tensor.Name)} | {tensor.ShapeText()} | {tensor.Type} | {FunctionText.Number(Math.Round(tensor.Sum(), 6))} "
                + $"| {Cell(use.Destination)} |");
        }

        return text.ToString().ReplaceLineEndings("\n");
    }

    /// <summary>The data.</summary>
    public static string Json(Certificate certificate) => JsonSerializer.Serialize(
        new
        {
            certificate.File,
            certificate.Sha256,
            certificate.Origin,
            certificate.SampleRate,
            Result = certificate.Passes ? "PASS" : "FAILED",
            certificate.Network,
            certificate.Assumptions,
            certificate.Comparisons,
            Tensors = certificate.Tensors.Select(u => new
            {
                u.Tensor.Name,
                u.Tensor.Shape,
                Type = u.Tensor.Type.ToString(),
                Sum = u.Tensor.Sum(),
                u.Destination,
            }),
        },
        Options) + "\n";

    private static string Number(double value) => value.ToString("0.0e+00", CultureInfo.InvariantCulture);

    // Texts of the file stand in a table: no new line and no mark may leave its cell.
    private static string Cell(string text)
    {
        var result = new StringBuilder();
        foreach (var c in text)
        {
            if (char.IsControl(c))
            {
                result.Append('?');
            }
            else
            {
                result.Append(c is '|' or '`' or '<' or '*' or '[' or '\\' ? "\\" + c : c.ToString());
            }
        }

        return result.ToString();
    }
}
