using System.Diagnostics;
using System.Globalization;

using FastRnn.Mutants.Making;
using FastRnn.Mutants.Running;

namespace FastRnn.Mutants;

/// <summary>Makes mutants, then runs the tests in processes of their own: a mutant that ends its process, or hangs, is caught by
/// that.</summary>
/// <param name="root">The repository, in which the tests were built for Release.</param>
/// <param name="work">Its files.</param>
internal sealed class Campaign(string root, WorkFolder work)
{
    /// <summary>Assemblies of tests, quick ones first, and the classes of theirs that compute.</summary>
    public static readonly (string Tests, string[] Classes)[] Suites =
    [
        ("FastRnn.Kernels.Tests", [""]),
        ("FastRnn.Tests",
        [
            "Ctc", "Diagnostics.GradientFlow", "Embedded", "Gradients.Structured", "Inference.Beam", "Inference.BFloat16Rounding",
            "Inference.DoubleMath", "Inference.Feedback", "Inference.Sampler", "Inference.Sequence", "Misuse.LostParameters",
            "Misuse.Session", "Misuse.SeveralInputs", "Recurrence.Stepwise", "Reference.Initialization", "Reference.RandomMask",
            "Reference.RandomSource", "Training.Accumulation", "Training.CustomOptimizer", "Training.EquationLoss",
            "Training.EvaluationMetrics", "Training.Metric", "Training.Optimizer", "Training.ParameterGroup", "Training.Recomputation",
            "Training.Schedule",
        ]),
    ];

    private static string Self => typeof(Campaign).Assembly.Location;

    /// <summary>Chooses mutants and compiles them, unless that was done.</summary>
    /// <param name="widths">Of kernels, the project's property.</param>
    /// <param name="emitted">How many mutants of emitted kernels.</param>
    /// <param name="runtime">How many of the runtime.</param>
    /// <param name="seed">Of the choice.</param>
    /// <param name="wanted">These instead; null if they are drawn.</param>
    public void Make(string widths, int emitted, int runtime, int seed, IReadOnlyList<Mutant>? wanted)
    {
        if (!work.HasMutants)
            work.Mutants = new MutantAssemblies(root, Bin(Suites[0].Tests), Path.Combine(work.Path, "mutants")).Make(
                widths, emitted, runtime, seed, wanted);
    }

    /// <summary>All mutants that are left against one assembly of tests.</summary>
    /// <param name="tests">The assembly.</param>
    /// <param name="shares">How many processes at a time.</param>
    public void Hunt(string tests, int shares)
    {
        Assemble(tests);
        if (!work.HasBaseline(tests) && Start(tests, "measure", 0, 1) is { } measure)
        {
            measure.WaitForExit();
            if (measure.ExitCode != MutantRun.Done)
                throw new InvalidOperationException($"{tests}: ended with {measure.ExitCode} while no mutant was on.");
        }

        Task.WaitAll([.. Enumerable.Range(0, shares).Select(share => Task.Run(() => HuntShare(tests, share, shares)))]);
    }

    private void HuntShare(string tests, int share, int shares)
    {
        while (work.Remaining(tests, share, shares) is { Count: > 0 } remaining)
        {
            using var process = Start(tests, "hunt", share, shares);
            process.WaitForExit();
            var left = work.Remaining(tests, share, shares);
            if (process.ExitCode is MutantRun.Done or MutantRun.Again || left.Count == 0)
                continue;

            // It ended in the middle, and not by the watch, which says so.
            if (work.Current(tests, share) is { } current && left[0].Id == current.Id)
                work.Add(tests, share, new(current.Id, "crash", 0, current.Test, $"exit code {process.ExitCode}"));
            else if (left.Count == remaining.Count)
                throw new InvalidOperationException($"{tests}: ended with {process.ExitCode}, and no mutant is to blame.");
        }
    }

    /// <summary>The tests as they were built, with the mutants' assemblies in place of theirs, and this program among them.</summary>
    private void Assemble(string tests)
    {
        var (from, to) = (Bin(tests), work.Program(tests));
        if (Directory.Exists(to))
            Directory.Delete(to, recursive: true);
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        foreach (var mutant in Directory.EnumerateFiles(Path.Combine(work.Path, "mutants")))
            File.Copy(mutant, Path.Combine(to, Path.GetFileName(mutant)), overwrite: true);
        File.Copy(Self, Path.Combine(to, Path.GetFileName(Self)));
    }

    private Process Start(string tests, string command, int share, int shares)
    {
        var folder = work.Program(tests);
        var start = new ProcessStartInfo(Environment.ProcessPath!);
        string[] arguments =
        [
            "exec", "--runtimeconfig", Path.Combine(folder, tests + ".runtimeconfig.json"),
            "--depsfile", Path.Combine(folder, tests + ".deps.json"), Path.Combine(folder, Path.GetFileName(Self)),
            command, work.Path, tests, share.ToString(CultureInfo.InvariantCulture), shares.ToString(CultureInfo.InvariantCulture),
        ];
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);

        // A crash is a result here, and no reason to write gigabytes.
        start.Environment["DOTNET_DbgEnableMiniDump"] = "0";
        return Process.Start(start)!;
    }

    private string Bin(string tests) => Path.Combine(root, "tests", tests, "bin", "Release", "net10.0");
}
