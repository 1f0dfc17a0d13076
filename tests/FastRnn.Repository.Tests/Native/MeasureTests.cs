using FastRnn.Benchmarks.Embedded;
using FastRnn.Repository.Tests.Package;

namespace FastRnn.Repository.Tests.Native;

/// <summary>What the embedded program measures of itself, by the JIT and shortly: that it says all that the benchmark asks for, and
/// allocates nothing. How long things take is the benchmark's to judge.</summary>
public class MeasureTests
{
    /// <summary>Milliseconds and megabytes from outside, and what only a native program or <c>strace</c> has.</summary>
    private static readonly string[] FromElsewhere =
        ["size_bytes", "size_without_weights_bytes", "start_p50_ms", "start_worst_ms", "system_calls"];

    [Theory]
    [InlineData("steps", "--rounds", "1")]
    [InlineData("blocks", "--seconds", "1")]
    [InlineData("silence", "--seconds", "60")]
    [InlineData("streams", "--seconds", "1", "--streams", "200")]
    public async Task It_says_all_that_the_benchmark_asks_for_and_allocates_nothing(string name, params string[] options)
    {
        // Threads of the runtime allocate when they start, which on a crowded machine may be late: in one of a few runs nobody does.
        double all = 1;
        for (var run = 0; run < 5 && all > 0; run++)
        {
            var found = await MeasureAsync([name, .. options]);
            Assert.Empty(Wanted(name).Except(found.Keys));
            Assert.Equal(0, found["allocated_bytes_of_the_thread"]);
            all = found["allocated_bytes"];
        }

        Assert.Equal(0, all);
    }

    [Fact]
    public async Task It_says_how_much_memory_it_took()
    {
        if (OperatingSystem.IsLinux())
        {
            var found = (await MeasureAsync(["start"])).Concat(await MeasureAsync(["start-int8"])).Select(figure => figure.Key);
            Assert.Empty(Wanted(EmbeddedFigure.FromOutside).Except(FromElsewhere).Except(found));
        }
    }

    [Fact]
    public async Task Silence_and_denormal_numbers_bring_the_state_to_rest()
    {
        var found = await MeasureAsync(["silence", "--seconds", "60"]);
        Assert.Equal(0, found["silence_drift"]);
        Assert.Equal(0, found["denormal_drift"]);
        Assert.Equal(0, found["denormal_states"]);
        Assert.InRange(found["silence_cycle"], 1, 128);
        Assert.InRange(found["denormal_cycle"], 1, 128);
        Assert.NotEqual(found["music_greatest_output_at_first"], found["silence_greatest_output_at_first"]);
    }

    [Theory]
    [InlineData("blocks", "--seconds", "1001")]
    [InlineData("streams", "--seconds", "31")]
    [InlineData("streams", "--streams", "20001")]
    public async Task It_does_not_begin_what_has_no_room(params string[] words)
    {
        var run = await RunAsync(["measure", .. words]);
        Assert.Equal(2, run.ExitCode);
        Assert.StartsWith($"FastRnn.Embedded: {words[1]}: expected 1 to ", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Calls_of_the_system_are_those_of_the_thread_between_the_last_marks()
    {
        string[] trace =
        [
            "7 write(2, \"steps begin\\n\", 12) = 12", "7 brk(0) = 1", "7 write(2, \"steps end\\n\", 10) = 10",
            "7 write(2, \"steps begin\\n\", 12 <unfinished ...>", "8 futex(1) = 0", "7 <... write resumed>) = 12", "7 madvise(1) = 0",
            "7 write(2, \"steps end\\n\", 10) = 10", "7 exit_group(0) = ?",
        ];
        Assert.Equal(1, SystemCalls.Between(trace));
        Assert.Null(SystemCalls.Between(trace[..4]));
    }

    [Theory]
    [InlineData(
        "NU1301: Unable to load the service index for source ...",
        "/srv/me/a.csproj : error NU1301: Unable to load the service index for source https://host.example/v3/index.json. "
        + "[/srv/me/a.csproj]\n")]
    [InlineData("NU1101: Unable to find runtime.linux-x64.Microsoft.DotNet.ILCompiler (...)",
        "error NU1101: Unable to find runtime.linux-x64.Microsoft.DotNet.ILCompiler (host.example:443)")]
    [InlineData("the compiler gave no reason", "errors in /srv/me")]
    public void Why_a_build_failed_names_no_folder_and_no_host(string reason, string output) => Assert.Equal(reason, BuildError.Of(output));

    private static IEnumerable<string> Wanted(string measurement) =>
        EmbeddedFigure.All.Where(figure => figure.Measurement == measurement).Select(figure => figure.Name);

    private static async Task<Dictionary<string, double>> MeasureAsync(string[] words) =>
        EmbeddedProgram.Findings((await RunAsync(["measure", .. words, "--json"])).Succeeded().Split('\n'));

    // Compiled once: a thread that compiles methods again for speed is what allocates besides.
    private static Task<ChildProcess> RunAsync(string[] words) => ChildProcess.RunAsync(
        AppContext.BaseDirectory, new Dictionary<string, string> { ["DOTNET_TieredCompilation"] = "0" }, ChildProcess.Dotnet,
        [NativeProgram.Managed, .. words]);
}
