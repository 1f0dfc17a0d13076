using FastRnn.Parameters;
using FastRnn.Samples.Reversal;
using FastRnn.Samples.Tests.Common;

namespace FastRnn.Samples.Tests.Reversal;

public class ReversalSampleTests
{
    [Fact]
    public void The_short_version_shows_that_attention_wins()
    {
        var figures = ProgramRun.Quick("reversal");
        Assert.InRange(figures["sequences exactly right with attention"], 0.5, 1);
        Assert.InRange(figures["sequences exactly right without"], 0, 0.1);
        // better than by chance, and yet
        Assert.InRange(figures["symbols right without"], 0.1, figures["symbols right with attention"] - 0.3);
    }

    [Fact]
    public void Reversal_wants_the_sequence_from_its_end()
    {
        const int Length = 5, Batch = 4;
        var (source, tokens, targets) = (new int[Length * Batch], new int[(Length + 1) * Batch], new int[(Length + 1) * Batch]);
        ReversalTask.Fill(new RandomSource(3), Length, Batch, source, tokens, targets);
        for (var row = 0; row < Batch; row++)
        {
            var backwards = Row(source, row, Batch).Reverse().ToArray();
            Assert.Equal([.. backwards, ReversalTask.End], Row(targets, row, Batch));
            Assert.Equal([ReversalTask.Start, .. backwards], Row(tokens, row, Batch));
        }
    }

    [Fact]
    public void Symbols_are_counted_as_they_are_said()
    {
        // A model that says 7 whatever it reads, until the cap.
        const int Length = 50, Batch = 8;
        var model = new WithoutAttention(1);
        using (var edit = model.Edit())
        {
            edit.Parameters.Clear();
            edit.Parameter(4, "b")[7] = 1;
        }

        using var generator = model.CreateGenerator(new() { BatchSize = Batch, SourceLength = Length });
        var batch = new ReversalBatch(Length, Batch);
        batch.Draw(new RandomSource(1));
        generator.Start(batch.Question);

        var right = batch.CountRight(generator).ToList();
        var sevens =
            Enumerable.Range(0, Batch).Select(row => Row(batch.Question.SourceTokens.ToArray(), row, Batch).Count(symbol => symbol == 7));
        Assert.Equal(sevens, right);
    }

    private static int[] Row(int[] all, int row, int batch) => [.. all.Where((_, i) => i % batch == row)];
}
