using FastRnn.Inference;
using FastRnn.Memory;
using FastRnn.Models;

namespace FastRnn.Training;

/// <summary>The states of all layers at some points of a long sequence, from which the forward pass can be computed again.</summary>
internal sealed unsafe class StateBoundaries<TModel>(Workspace<TModel> workspace, int count)
    where TModel : Model<TModel>, IModel<TModel>
{
    private static readonly int RowFloats = TModel.Info.Layers.Where(l => l.IsRecurrent).SelectMany(l => l.States).Sum(s => s.PaddedSize);
    private float* values;

    public void Carve(ref ArenaLayout layout) => values = layout.Floats(checked((nint)count * workspace.Batch * RowFloats));

    /// <summary>Keeps the states of some rows as they are after <paramref name="step"/> steps of the last pass.</summary>
    public void Keep(int boundary, int step, int rowBegin, int rowEnd) => Copy(boundary, step, rowBegin, rowEnd, keeps: true);

    /// <summary>The next pass over some rows begins with the states of a boundary.</summary>
    public void Restore(int boundary, int rowBegin, int rowEnd) => Copy(boundary, 0, rowBegin, rowEnd, keeps: false);

    private void Copy(int boundary, int step, int rowBegin, int rowEnd, bool keeps)
    {
        var to = values + ((nint)boundary * workspace.Batch * RowFloats);
        for (var l = 0; l < TModel.Info.Layers.Count; l++)
        {
            for (var s = 0; TModel.Info.Layers[l].IsRecurrent && s < TModel.Info.Layers[l].States.Count; s++)
            {
                var size = TModel.Info.Layers[l].States[s].PaddedSize;
                var state = workspace[l].States[s];
                var first = (nint)rowBegin * size;
                var live = new Span<float>(state.Values + (step * state.Step) + first, (rowEnd - rowBegin) * size);
                var kept = new Span<float>(to + first, live.Length);
                if (keeps)
                {
                    live.CopyTo(kept);
                }
                else
                {
                    kept.CopyTo(live);
                }

                to += (nint)workspace.Batch * size;
            }
        }
    }
}
