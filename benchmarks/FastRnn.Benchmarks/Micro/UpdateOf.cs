using FastRnn.Execution;
using FastRnn.Parameters;
using FastRnn.Training;

namespace FastRnn.Benchmarks.Micro;

/// <summary>What a trainer does after its backward pass, with random gradients.</summary>
internal sealed class UpdateOf<TModel> : IUpdate
    where TModel : class, IModel<TModel>
{
    private readonly ParameterStore parameters;
    private readonly RecordedRun run;
    private readonly ParameterUpdate update;
    private long step;

    public UpdateOf(Func<TModel> create, int threads)
    {
        using var model = create();
        parameters = model.Store.Core;
        var sizes = RunSizes.OfTraining(TModel.Info, new RunOptions { SequenceLength = 1, Threads = threads });
        ParameterUpdate? made = null;
        run = new RecordedRun(parameters, sizes, new RecordedNeeds(Boundaries: 1 + MemoryBudget.Segments(sizes)), run =>
        {
            // So small a rate that the parameters stay what they are, however long it takes.
            made = new ParameterUpdate(parameters, run.Gradients, new Adam(1e-12f));
            return made.Carve;
        });
        update = made!;
        var random = new Random(1);
        foreach (ref var gradient in run.Gradients.Gradients)
        {
            gradient = random.NextSingle() - 0.5f;
        }
    }

    public double Norm() => update.MeasureNorm(run.Runner.Team);

    public bool Apply() => update.Apply(run.Runner.Team, ++step, norm: 100, clipNorm: 5);

    public void Repack() => parameters.Pack();

    public void Dispose() => run.Dispose();
}
