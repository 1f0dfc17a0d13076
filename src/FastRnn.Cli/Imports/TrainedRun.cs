using FastRnn.Cli.Folders;
using FastRnn.Cli.Models;
using FastRnn.CompilerServices;
using FastRnn.Interchange.Networks;
using FastRnn.Interchange.Running;

namespace FastRnn.Cli.Imports;

/// <summary>Runs a model that this program trained: <c>tokens [B, T]</c> to logits <c>y [B, T, 256]</c>.</summary>
internal sealed class TrainedRun(ModelFolder folder, string input, string output, Terminal terminal) : IByteModelTask<int>
{
    private static readonly Signature Names = new(
        new TensorPort("tokens", [Axis.Batch, Axis.Time]), new TensorPort("y", [Axis.Batch, Axis.Time, Axis.Feature]));

    public int Run<TModel>(Func<int, TModel> create)
        where TModel : class, IModel<TModel>, ITokenModel
    {
        var model = create(0);
        using var runnable = new RunnableModel<TModel>(model);
        folder.Load(model);
        return TensorRun.Run(Names, runnable, input, output, terminal);
    }
}
