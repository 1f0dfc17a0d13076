using FastRnn.Execution;
using FastRnn.Memory;
using FastRnn.Threading;
using FastRnn.Training;

namespace FastRnn.Benchmarks.Micro;

/// <summary>What a trainer does after its backward pass, with random gradients.</summary>
internal sealed class UpdateOf<TModel> : IUpdate
    where TModel : class, IModel<TModel>
{
    private readonly TModel model;
    private readonly ParameterUpdate<TModel> update;
    private readonly ThreadTeam team;
    private readonly Arena arena;
    private long step;

    public UpdateOf(TModel model, int threads)
    {
        this.model = model;
        model.PrepareBackward();
        var workspace = new Workspace<TModel>(model, 1, 1, threads, record: true);
        var backward = new BackwardPass<TModel>(workspace, wantsInputGradient: false);
        var weights = new WeightGradients<TModel>(workspace, backward);

        // So small a rate that the parameters stay what they are, however long it takes.
        update = new ParameterUpdate<TModel>(model, weights, new Adam(1e-12f));
        arena = new Arena((ref ArenaLayout layout) =>
        {
            workspace.Carve(ref layout);
            backward.Carve(ref layout);
            weights.Carve(ref layout);
            update.Carve(ref layout);
        });
        var random = new Random(1);
        foreach (ref var gradient in weights.Gradients)
        {
            gradient = random.NextSingle() - 0.5f;
        }

        team = new ThreadTeam(threads);
    }

    public double Norm() => update.MeasureNorm(team);

    public bool Apply() => update.Apply(team, ++step, norm: 100, clipNorm: 5);

    public void Repack() => model.Refresh();

    public void Dispose()
    {
        team.Dispose();
        arena.Dispose();
    }
}
