using FastRnn.Files;

namespace FastRnn.Cli.Imports;

/// <summary>What the user sees after an import, and what to type next.</summary>
internal static class ImportReport
{
    public static int Print(ImportResult result, Terminal terminal)
    {
        var certificate = result.Certificate;
        terminal.Line($"{certificate.File}: {certificate.Origin}");
        foreach (var line in result.Network.Description)
            terminal.Line($"  {Shown(line)}");
        foreach (var assumption in certificate.Assumptions)
            terminal.Line($"  assumed: {Shown(assumption)}");
        var worst = certificate.Comparisons.MaxBy(c => c.Difference / c.Tolerance)!;
        var count = certificate.Comparisons.Count;
        terminal.Line($"PASS: {count} comparisons, {result.Parameters:n0} parameters; largest difference {worst.Difference:0.0e+00}");
        terminal.Line($"");
        var names = result.Names;
        terminal.Line($"{names.Folder}: {names.DeclarationFile}, {names.WeightsFile}, certificate.md, certificate.json");
        terminal.Line($"Run it on tensors:  fastrnn run {names.Folder} --input in.safetensors --output out.safetensors");
        terminal.Line($"In a program:       {Program(result)}");
        return ExitCodes.Success;
    }

    private static string Program(ImportResult result) => result.EmbedsWeights
        ? $"put both files beside the project file; using var model = new {result.Names.FullClass}();"
        : $"using var model = {result.Names.FullClass}.Load(\"{result.Names.WeightsFile}\");";

    // Names come from the file.
    private static string Shown(string text) => string.Concat(text.Select(c => TerminalText.Steers(c) ? '?' : c));
}
