using FastRnn.Repository.Tests.Harness;
using FastRnn.Repository.Tests.Package;

namespace FastRnn.Repository.Tests.Native;

/// <summary>What the system sees of the native program.</summary>
[Collection(nameof(NativeTests))]
public class NativeProcessTests(NativeProgram program)
{
    private const string Begin = "steps begin", End = "steps end";

    [NativeFact]
    public async Task Steps_allocate_nothing()
    {
        // Threads of the runtime may still be starting while a crowded machine lets the first steps run.
        const string Of = "steps begin\nsteps end\nsteps begin\nsteps end\n5000 steps of each model: 0 bytes allocated by the thread, ";
        var said = "";
        for (var run = 0; run < 5 && said != Of + "0 by all threads\n"; run++)
        {
            said = (await program.RunShellAsync($"'{program.File}' steps 5000 2>&1")).Succeeded();
            Assert.StartsWith(Of, said, StringComparison.Ordinal);
        }

        Assert.Equal(Of + "0 by all threads\n", said);
    }

    [NativeFact(Traces = true)]
    public async Task No_thread_calls_the_system_between_two_steps()
    {
        // Threads of the runtime may still be starting while a crowded machine lets the first steps run; in one of a few runs nobody does
        // anything.
        List<string> others = ["no run"];
        for (var run = 0; run < 5 && others.Count > 0; run++)
        {
            var (thread, calls) = await CallsBetweenStepsAsync();
            Findings.None(calls.Where(call => call.StartsWith(thread, StringComparison.Ordinal)), "calls of the thread that steps");
            others = calls;
        }

        Findings.None(others, "calls during the steps");
    }

    /// <summary>The thread that steps, and the calls of all threads between the marks of its steps.</summary>
    private async Task<(string Thread, List<string> Calls)> CallsBetweenStepsAsync()
    {
        var file = Path.Combine(program.Folder, "trace");
        (await ChildProcess.RunAsync(program.Folder, new Dictionary<string, string>(), "strace", "-f", "-o", file, program.File, "steps",
            "5000")).Succeeded();
        var trace = await File.ReadAllLinesAsync(file);

        // The first pair of marks stands around the warm-up.
        int begin = Array.FindLastIndex(trace, Marks(Begin)), end = Array.FindLastIndex(trace, Marks(End));
        Assert.Equal(2, trace.Count(line => Marks(Begin)(line)));
        Assert.Equal(2, trace.Count(line => Marks(End)(line)));

        // The end of the mark's own call, if another thread's came between.
        return (trace[begin].Split(' ')[0] + " ",
            [.. trace[(begin + 1)..end].Where(line => !line.Contains("<... write resumed>", StringComparison.Ordinal))]);

        static Predicate<string> Marks(string mark) => line => line.Contains($" write(2, \"{mark}\\n\"", StringComparison.Ordinal);
    }

    [NativeFact]
    public void Without_weights_it_has_at_most_two_and_a_half_megabytes()
    {
        var weights = Checkout.Files.Where(file =>
            file.StartsWith(NativeProgram.Source, StringComparison.Ordinal) && file.EndsWith(".safetensors", StringComparison.Ordinal))
            .Sum(file => new FileInfo(Checkout.Absolute(file)).Length);
        Assert.InRange(new FileInfo(program.File).Length - weights, 1, 2_500_000);
    }

    /// <summary>This project says <c>FastRnnInt8=true</c>. That another has none of them is in <see cref="ConsumerTests"/>.</summary>
    [NativeFact]
    public void It_has_kernels_of_int8_weights()
    {
        foreach (var part in (string[])["Int8Walk", "Int8Rows", "Int8Weights", "ForwardInt8"])
        {
            Assert.Contains(program.Int8Methods, method => method.Contains(part, StringComparison.Ordinal));
        }
    }

    [NativeFact]
    public async Task An_error_is_one_line_and_an_exit_code()
    {
        Fails(1, "none.wav: ", await program.RunAsync("keywords", "none.wav"));
        Fails(1, "expected 48000 samples a second, got 16000",
            await program.RunAsync("pedal", Checkout.Absolute($"{NativeProgram.Source}/demo.wav"), "out.wav"));
        Fails(1, "the last one has 3", await program.RunShellAsync($"printf abc | '{program.File}' pedal"));
        Fails(1, "this CPU offers 128, 256", await program.RunAsync("512", ["golden"]));
        Fails(1, "empty", await program.RunAsync("keywords", ""));
        Fails(1, "standard output: ", await program.RunShellAsync($"'{program.File}' golden > /dev/full"));
        Fails(1, "standard output: ", await program.RunShellAsync($"'{program.File}' widths >&-"));
        Fails(2, "expected 1 to 1000, got 100000", await program.RunAsync("measure", "blocks", "--seconds", "100000"));
        Fails(2, "expected 1 to 30, got 600", await program.RunAsync("measure", "streams", "--seconds", "600"));
        Fails(2, "not understood: steps -1", await program.RunAsync("steps", "-1"));
        Fails(2, "not understood: whatever", await program.RunAsync("whatever"));
    }

    /// <summary>It would play silence to nobody for ever.</summary>
    [NativeFact]
    public async Task It_ends_when_nobody_listens()
    {
        var run = await program.RunShellAsync($"'{program.File}' pedal < /dev/zero | head -c 100 | wc -c");
        Assert.Equal("100\n", run.Succeeded());

        // What it says at its end, to nobody: neither a word nor a crash.
        Assert.Equal("1\n", (await program.RunShellAsync($"(sleep 0.2; '{program.File}' golden; echo $? >&2) | true")).Succeeded());
    }

    private static void Fails(int exitCode, string message, ChildProcess run)
    {
        Assert.Equal(exitCode, run.ExitCode);
        Assert.StartsWith("FastRnn.Embedded: ", run.Output, StringComparison.Ordinal);
        Assert.Contains(message, run.Output, StringComparison.Ordinal);
        Assert.Single(run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }
}
