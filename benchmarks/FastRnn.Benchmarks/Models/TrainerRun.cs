using System.Diagnostics;

using FastRnn.Benchmarks.Peers;
using FastRnn.Data;
using FastRnn.Training;

namespace FastRnn.Benchmarks.Models;

/// <summary>Our whole training step, through the public trainer: forward, loss, backward, clipping and Adam. An iteration is a
/// step.</summary>
internal sealed class TrainerRun<TModel> : IPeerRun
    where TModel : class, IModel<TModel>
{
    private readonly Trainer<TModel> trainer;
    private readonly int[] tokens;
    private readonly int[] targets;
    private readonly int[]? lengths;
    private double loss;

    public TrainerRun(TModel model, Workload workload, float[] x)
    {
        var input = new WholeStepInput(workload, x);
        using (var edit = model.Store.Edit())
        {
            input.Embedding.CopyTo(edit.Parameters);
            var dense = TModel.Info.Layers[^1];
            foreach (var parameter in dense.Parameters)
            {
                var values = parameter.IsVector ? input.DenseBias : input.DenseWeight;
                values.CopyTo(edit.Parameters[(dense.ParameterOffset + parameter.Offset)..]);
            }
        }

        trainer = new Trainer<TModel>(model, new TrainerOptions
        {
            BatchSize = workload.Batch,
            SequenceLength = workload.Steps,
            Optimizer = new Adam(2e-3f),
            ClipNorm = 5,
            Threads = workload.Threads,
            CarryState = workload.Lengths is null,
            Ranks = workload.Ranks,
        });
        tokens = Whole(input.Tokens);
        targets = Whole(input.Targets);
        lengths = workload.Lengths?.ToArray();
    }

    public double Measure(int iterations)
    {
        var begin = Stopwatch.GetTimestamp();
        for (var i = 0; i < iterations; i++)
        {
            loss = (lengths is null ? trainer.Step(tokens, targets) : trainer.Step(new SequenceBatch
            {
                Tokens = tokens,
                Lengths = lengths,
                TargetTokens = targets,
            })).LossPerPosition;
        }

        return Stopwatch.GetElapsedTime(begin).TotalNanoseconds;
    }

    /// <summary>The mean loss of the last step.</summary>
    public PeerOutput Read() => new([(float)loss], null, null);

    public void Dispose() => trainer.Dispose();

    private static int[] Whole(ReadOnlySpan<float> numbers)
    {
        var values = new int[numbers.Length];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = (int)numbers[i];
        }

        return values;
    }
}
