using FastRnn.CompilerServices;
using FastRnn.Inference;
using FastRnn.Tests.Models;
using FastRnn.Training;

namespace FastRnn.Tests.Allocation;

/// <summary>Training and inference with batches of sequences of different lengths, through every kind of layer.</summary>
internal static class StructuredCases
{
    private static readonly int[] Lengths = [4, 1, 9, 3, 2];
    private static readonly int[] SourceLengths = [2, 7, 1, 5, 3];

    public static IEnumerable<SteadyState> All =>
    [
        .. from threads in (int[])[1, 3]
           from state in (IEnumerable<SteadyState>)
           [
               .. Of(new BidirectionalLstmStack(), threads), .. Of(new LastOfBoth(), threads), .. Of(new MeanOfAll(), threads),
               .. Of(new MaximumOfAll(), threads),
               .. Of(new LearnedStart(), threads), .. Of(new RecurrentlyDropped(), threads), .. Of(new RandomStart(), threads),
               .. Of(new Translator(), threads), .. Of(new BridgedTranslator(), threads), .. Of(new PlainTranslator(), threads),
               .. Of(new StyledMelody(), threads), .. Of(new Caption(), threads),
               .. Of(new EmbeddedText(), threads),
           ]
           select state,
    ];

    private static IEnumerable<SteadyState> Of<TModel>(TModel model, int threads)
        where TModel : class, IModel<TModel>
    {
        // Two batches in turns: another order of the lengths may not need another piece of memory.
        var first = StructuredBatch.Random(TModel.Info, Lengths, SourceLengths, seed: 1);
        StructuredBatch[] batches = [first, first.Select(4, 2, 0, 1, 3)];
        var y = new float[first.OutputCount];
        yield return new($"Training {TModel.Info.Name} with sequences, {threads} threads", () =>
        {
            var (trainer, step) = (new Trainer<TModel>(model, Options(threads)), 0);
            return (trainer, () => trainer.Step(batches[step++ & 1].Input));
        });
        yield return new($"Accumulating {TModel.Info.Name}, {threads} threads", () =>
        {
            var (trainer, step) = (new Trainer<TModel>(model, Options(threads)), 0);
            return (trainer, () => trainer.Accumulate(batches[step++ & 1].Input));
        });
        yield return new($"Inference of {TModel.Info.Name} with sequences, {threads} threads", () =>
        {
            var (predictor, step) = (new Predictor<TModel>(model, Sizes(threads)), 0);
            return (predictor, () => predictor.Run(batches[step++ & 1].Input, y));
        });

        const int H = 0;
        var layer = Enumerable.Range(0, TModel.Info.Layers.Count).First(l => TModel.Info.Layers[l].IsRecurrent);
        var canSet = TModel.Info.Layers[layer].Wiring.Starts.ElementAtOrDefault(H)?.Kind != StartKind.Layer;
        var state = new float[Lengths.Length * TModel.Info.Layers[layer].States[H].Size];
        yield return new($"States of {TModel.Info.Name} in inference, {threads} threads", () =>
        {
            var (predictor, step) = (new Predictor<TModel>(model, Sizes(threads) with { KeepStates = true }), 0);
            return (predictor, () =>
            {
                predictor.Run(batches[step++ & 1].Input, y);
                predictor.GetState(layer, H, state);
                if (canSet)
                    predictor.SetState(layer, H, state);
            }
            );
        });
    }

    private static RunOptions Sizes(int threads) => new()
    {
        BatchSize = Lengths.Length,
        SequenceLength = Lengths.Max(),
        SourceLength = SourceLengths.Max(),
        Threads = threads,
    };

    private static TrainerOptions Options(int threads) => new()
    {
        BatchSize = Lengths.Length,
        SequenceLength = Lengths.Max(),
        SourceLength = SourceLengths.Max(),
        Optimizer = new Sgd(1e-4f, momentum: 0.9f),
        ClipNorm = 0.5f,
        CarryState = false,
        Threads = threads,
    };
}
