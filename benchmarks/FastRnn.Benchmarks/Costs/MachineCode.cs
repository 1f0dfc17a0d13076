using System.Globalization;
using System.Text.RegularExpressions;

using FastRnn.Benchmarks.Models;

namespace FastRnn.Benchmarks.Costs;

/// <summary>What the compiler of the runtime makes of the kernels, from its own summary: a child compiles them all.</summary>
internal sealed partial class MachineCode
{
    private readonly ILookup<string, int> bytes;
    private readonly Dictionary<string, double> milliseconds;

    public MachineCode()
    {
        var summary = Path.GetTempFileName();
        try
        {
            var (lines, _) = Child.Run([FirstStep.CompileWord], ("DOTNET_JitStdOutFile", summary), ("DOTNET_JitDisasmSummary", "1"));
            milliseconds = lines.Select(line => line.Split(' ')).ToDictionary(
                words => words[0], words => double.Parse(words[1], CultureInfo.InvariantCulture), StringComparer.Ordinal);
            bytes = File.ReadLines(summary).Select(line => SummaryLine().Match(line)).Where(match => match.Success)
                .ToLookup(match => match.Groups["method"].Value, match =>
                    int.Parse(match.Groups["bytes"].ValueSpan, CultureInfo.InvariantCulture), StringComparer.Ordinal);
        }
        finally
        {
            File.Delete(summary);
        }
    }

    /// <summary>Bytes of machine code of a model's kernels.</summary>
    public int Bytes(IBenchmarkModel model) => KernelCode.Methods(model).Select(KernelCode.Name).Distinct().Sum(name => bytes[name].Sum());

    /// <summary>Milliseconds to compile them.</summary>
    public double Milliseconds(IBenchmarkModel model) => milliseconds[model.Type.Name];

    /// <summary>Such as <c>12: JIT compiled A.B.C:D(byref,int) [FullOpts, IL size=10, code size=20]</c>.</summary>
    [GeneratedRegex(@"JIT compiled (?<method>[^\(\s]+)\(.*code size=(?<bytes>\d+)", RegexOptions.CultureInvariant)]
    private static partial Regex SummaryLine();
}
