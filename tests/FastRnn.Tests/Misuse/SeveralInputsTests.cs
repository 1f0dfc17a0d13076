using FastRnn.Data;
using FastRnn.Files;
using FastRnn.Tests.Models;

namespace FastRnn.Tests.Misuse;

/// <summary>What a model with several inputs is given: how much of it there must be, what messages say of it, and how it is kept in files
/// and data sets. <see cref="MixedTagger"/> reads 3 numbers beside tokens of 7, 5 and 3.</summary>
public sealed class SeveralInputsTests
{
    private const int Outputs = 6;

    [Fact]
    public void The_tables_of_a_model_say_what_stands_where()
    {
        var info = MixedTagger.Info;

        Assert.Equal((InputKind.Mixed, 18, 3, 3), (info.Input, info.InputSize, info.VectorSize, info.TokenCount));
        Assert.Equal((7 * 4) + (3 * 6), info.EmbeddingParameters);
        Assert.Equal(
            [new(InputKind.Embedding, 4, 7), new(InputKind.Vector, 3, 0), new(InputKind.OneHot, 5, 5), new(InputKind.Embedding, 6, 3)],
            info.Inputs);
        Assert.Equal((1, 1), (EmbeddedText.Info.TokenCount, EmbeddedText.Info.Inputs.Count));
    }

    [Fact]
    public void A_session_wants_both_and_as_many_as_there_are()
    {
        using var session = new MixedTagger(seed: 1).CreateSession(new() { BatchSize = 2 });
        var y = new float[2 * Outputs];

        var alone = Assert.Throws<InvalidOperationException>(() => session.Step(new float[6], y));
        Assert.Equal("MixedTagger reads vectors of 3 numbers beside 3 tokens a step: pass both.", alone.Message);
        Assert.Equal(alone.Message, Assert.Throws<InvalidOperationException>(() => session.Run(new int[6], y)).Message);
        var few = Assert.Throws<ArgumentException>(() => session.Step(new float[6], new int[4], y));
        Assert.StartsWith("tokens [T, B, K]: expected 6 elements, got 4.", few.Message, StringComparison.Ordinal);
        var wrong = Assert.Throws<ArgumentException>(() => session.Step(new float[5], new int[6], y));
        Assert.StartsWith("x [B, I]: expected 6 elements, got 5.", wrong.Message, StringComparison.Ordinal);
        var token = Assert.Throws<ArgumentOutOfRangeException>(() => session.Step(new float[6], [0, 0, 0, 0, 5, 0], y));
        Assert.StartsWith(
            "Step 0, row 1, token 1 (input 2 of MixedTagger): expected a token from 0 to 4, got 5.", token.Message,
            StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => session.Run(y.AsSpan(0, 6), new int[6], y));
        session.Step(new float[6], [6, 4, 2, 0, 0, 0], y);
        using var plain = new EmbeddedText(seed: 1).CreateSession();
        Assert.Throws<InvalidOperationException>(() => plain.Step(new float[1], new int[1], new float[EmbeddedText.Info.OutputSize]));
    }

    [Fact]
    public void A_batch_is_refused_by_its_token_and_its_place()
    {
        using var predictor = new MixedTagger(seed: 1).CreatePredictor(new() { BatchSize = 2, SequenceLength = 3 });
        var y = new float[4 * Outputs];
        int[] tokens = [0, 0, 0, 0, 0, 0, 0, 0, 0, 6, 4, 3];

        var token = Assert.Throws<ArgumentOutOfRangeException>(
            () => predictor.Run(new SequenceBatch { X = new float[12], Tokens = tokens, Lengths = [3, 1] }, y));
        Assert.StartsWith(
            "Tokens, sequence 1, step 0, token 2 (input 3 of those declared): expected a token from 0 to 2, got 3.", token.Message,
            StringComparison.Ordinal);
        var few = Assert.Throws<ArgumentException>(
            () => predictor.Run(new SequenceBatch { X = new float[12], Tokens = new int[4], Lengths = [3, 1] }, y));
        Assert.StartsWith("Tokens [T, B, K]: K a position", few.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => predictor.Run(new SequenceBatch { Tokens = tokens, Lengths = [3, 1] }, y));

        // What is missing is not read.
        predictor.Run(
            new SequenceBatch { X = new float[12], Tokens = tokens, Lengths = [3, 1], Present = [true, true, true, false] }, y);
    }

    [Fact]
    public void A_generator_makes_steps_but_does_not_know_what_to_feed_back()
    {
        using var generator = new MixedTranslator(seed: 1).CreateGenerator(new() { SourceLength = 2 });
        generator.Start(new SequenceBatch { SourceX = new float[4], SourceTokens = [5, 0] });
        generator.Step([4, 3], new float[5]);

        var fed = Assert.Throws<InvalidOperationException>(() => generator.Generate(0, 1, new int[3], new int[1]));
        Assert.Contains("use Step", fed.Message, StringComparison.Ordinal);
        var few = Assert.Throws<ArgumentException>(() => generator.Start(new SequenceBatch { SourceX = new float[4], SourceTokens = [5] }));
        Assert.StartsWith("SourceTokens [T, B, K]", few.Message, StringComparison.Ordinal);
        var token = Assert.Throws<ArgumentOutOfRangeException>(
            () => generator.Start(new SequenceBatch { SourceX = new float[4], SourceTokens = [5, 6] }));
        Assert.StartsWith("SourceTokens, sequence 0, step 1, token 0 (input 1 of those", token.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Files_hold_each_table_by_its_number_and_a_table_alone_as_ever()
    {
        var path = Path.Combine(Directory.CreateTempSubdirectory("fastrnn-test-").FullName, "model.safetensors");
        try
        {
            var (model, translator) = (new MixedTagger(seed: 3), new MixedTranslator(seed: 4));
            model.Save(path);
            using (var file = SafeTensorsReader.Open(path))
            {
                Assert.Equal(["embedding0.weight", "embedding1.weight"], Tables(file));
            }

            Assert.Equal(model.Parameters, MixedTagger.Load(path).Parameters);
            translator.Save(path);
            using (var file = SafeTensorsReader.Open(path))
            {
                Assert.Equal(
                    ["decoder.embedding0.weight", "decoder.embedding1.weight", "encoder.embedding.weight"],
                    Tables(file));
            }

            Assert.Equal(translator.Parameters, MixedTranslator.Load(path).Parameters);
            Assert.Throws<ModelFileException>(() => MixedTagger.Load(path));
        }
        finally
        {
            Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);
        }
    }

    [Fact]
    public void A_data_set_holds_all_inputs_and_names_the_wrong_one()
    {
        var data = new SequenceDataset(SequenceFormat.Of(MixedTagger.Info));
        Assert.Equal((3, 3), (data.Format.InputSize, data.Format.TokenCount));
        data.Add(new SequenceBatch { X = [1, 2, 3], Tokens = [6, 4, 2], TargetTokens = [5] });
        data.Add(new SequenceBatch { X = new float[6], Tokens = [1, 1, 1, 2, 2, 2], TargetTokens = [3, 4] });

        var token = Assert.Throws<ArgumentException>(
            () => data.Add(new SequenceBatch { X = [1, 2, 3], Tokens = [6, 5, 2], TargetTokens = [5] }));
        Assert.StartsWith(
            "Sequence 2: Tokens, position 0, token 1: expected a token from 0 to 4, got 5.", token.Message, StringComparison.Ordinal);
        var few = Assert.Throws<ArgumentException>(
            () => data.Add(new SequenceBatch { X = [1, 2, 3], Tokens = [6, 4], TargetTokens = [5] }));
        Assert.StartsWith("Sequence 2: Tokens [T, K]: expected 3 elements, got 2.", few.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => data.Add(new SequenceBatch { Tokens = [6, 4, 2], TargetTokens = [5] }));

        var cut = data.Cut(out _, 1);
        Assert.Equal([1, 1, 1], cut[1].Tokens);
        var batches = new ShuffledBatches(data, 2, seed: 1);
        using var trainer = new MixedTagger(seed: 5).CreateTrainer(new() { BatchSize = 2, SequenceLength = 2 });
        using var other = new MixedTagger(seed: 5).CreateTrainer(new() { BatchSize = 2, SequenceLength = 2 });
        var expected = other.Step(batches.SequencesOf(0)[0] == 0
            ? new SequenceBatch
            {
                X = [1, 2, 3, 0, 0, 0, 0, 0, 0],
                Tokens = [6, 4, 2, 1, 1, 1, 2, 2, 2],
                TargetTokens = [5, 3, 4],
                Lengths = [1, 2],
            }
            : new SequenceBatch
            {
                X = [0, 0, 0, 0, 0, 0, 1, 2, 3],
                Tokens = [1, 1, 1, 2, 2, 2, 6, 4, 2],
                TargetTokens = [3, 4, 5],
                Lengths = [2, 1],
            });
        Assert.Equal(expected, trainer.Step(batches.Next()));
    }

    private static IEnumerable<string> Tables(SafeTensorsReader file) =>
        file.Tensors.Select(tensor => tensor.Name).Where(name => name.Contains("embedding", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal);
}
