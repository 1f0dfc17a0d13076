using System.Collections.Concurrent;

using FastRnn.Cli;
using FastRnn.Distributed;

namespace FastRnn.Repository.Tests.Cli;

/// <summary>Commands that several processes run together; here they are threads.</summary>
public sealed class RankTests : IDisposable
{
    private readonly CommandLineFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Ranks_learn_the_bits_of_one_process_and_another_number_of_them_goes_on()
    {
        string[] small = ["--cell", "gru", "--batch-size", "5", "--sequence-length", "8", "--threads", "1"];
        CommandLineRun.Of(["train", folder.Text, "--steps", "12", "--out", folder.Path("whole"), .. small]).AssertSucceeds();
        var lines = Run(3, ["train", folder.Text, "--steps", "5", "--out", folder.Path("ranks"), .. small]);
        Assert.Single(lines, line => line.StartsWith("model  gru", StringComparison.Ordinal));
        Run(2, "train", "--resume", folder.Path("ranks"), "--steps", "12");
        Assert.Equal(folder.Numbers("whole"), folder.Numbers("ranks"));
    }

    [Fact]
    public void Ranks_learn_a_table_as_one_process_does()
    {
        var rows = Enumerable.Range(0, 300).Select(i => FormattableString.Invariant($"{i},{Math.Sin(i * 0.3):f4}\n"));
        var table = folder.Code("waves.csv", "t,x\n" + string.Concat(rows));
        string[] args = ["train", table, "--target", "x", "--hidden", "6", "--epochs", "2", "--threads", "1"];
        CommandLineRun.Of([.. args, "--out", folder.Path("whole")]).AssertSucceeds();
        Run(2, [.. args, "--out", folder.Path("ranks")]);
        Assert.Equal(folder.Numbers("whole"), folder.Numbers("ranks"));
    }

    [Fact]
    public void Ranks_with_other_texts_are_refused()
    {
        File.WriteAllText(folder.Path("other"), string.Concat(Enumerable.Repeat("another text\n", 500)));
        var errors = new ConcurrentBag<string>();
        LocalRanks.Run(2, group =>
        {
            using var error = new StringWriter();
            var text = group.IsFirst ? folder.Text : folder.Path("other");
            string[] args = ["train", text, "--steps", "2", "--batch-size", "5", "--sequence-length", "8", "--out", folder.Path("m")];
            Assert.Equal(ExitCodes.Failed, Program.Run(args, Stream.Null, error, CancellationToken.None, ranks: group));
            errors.Add(error.ToString());
        });
        Assert.All(errors, error => Assert.Contains("Rank 1 of 2 has another text than rank 0", error, StringComparison.Ordinal));
        Assert.Contains(errors, error => error.StartsWith("fastrnn: rank 1 of 2: ", StringComparison.Ordinal));
        Assert.False(File.Exists(folder.Path("m", "model.safetensors")));
    }

    [Fact]
    public void A_bar_moves_for_a_process_alone()
    {
        using (var alone = Live(null))
        {
            Assert.True(alone.MovesBar);
        }

        LocalRanks.Run(2, group =>
        {
            using var terminal = Live(group);
            Assert.False(terminal.MovesBar);
        });

        static Terminal Live(RankGroup? ranks) => new(Stream.Null, TextWriter.Null, isLive: true, CancellationToken.None) { Ranks = ranks };
    }

    [Fact]
    public void A_plan_shows_what_many_ranks_would_take()
    {
        var model = folder.Model();
        string[] args = ["plan", model, "--batch-size", "8", "--sequence-length", "8", "--threads", "1", "--ranks", "100"];
        var lines = CommandLineRun.Of([.. args, "--latency", "20", "--bandwidth", "10"]).AssertSucceeds().Lines;
        Assert.Contains("network 20 us, 10 Gbit/s", lines[2], StringComparison.Ordinal);
        Assert.Contains(lines, line => line.TrimStart().StartsWith("96 ", StringComparison.Ordinal));
        Assert.DoesNotContain(lines, line => line.TrimStart().StartsWith("128 ", StringComparison.Ordinal));
        Assert.StartsWith("pays: ", lines[^1], StringComparison.Ordinal);
        Assert.Contains(Run(2, args), line => line.Contains("measured between the ranks of this job", StringComparison.Ordinal));
    }

    private static string[] Run(int ranks, params string[] args)
    {
        using var output = new MemoryStream();
        LocalRanks.Run(ranks, group =>
        {
            using var error = new StringWriter();
            var code = Program.Run(args, group.IsFirst ? output : Stream.Null, error, CancellationToken.None, ranks: group);
            Assert.True(code == 0, $"rank {group.Rank}: exit code {code}: {error}");
        });
        return new CommandLineRun(0, output.ToArray(), "").Lines;
    }
}
