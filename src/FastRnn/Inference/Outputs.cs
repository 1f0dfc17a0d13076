using FastRnn.Kernels;
using FastRnn.Memory;
using FastRnn.Models;

namespace FastRnn.Inference;

/// <summary>Takes the outputs of some rows out of a workspace, normalised in place if the model says so: no step reads a dense layer's output back.</summary>
internal static unsafe class Outputs
{
    /// <param name="workspace">After its forward pass.</param>
    /// <param name="steps">T.</param>
    /// <param name="rowBegin">The first row.</param>
    /// <param name="rowEnd">One past the last row.</param>
    /// <param name="y">Receives <c>[T, B, O]</c>, dense.</param>
    public static void Copy<TModel>(Workspace<TModel> workspace, int steps, int rowBegin, int rowEnd, float* y)
        where TModel : Model<TModel>, IModel<TModel>
    {
        var size = TModel.Info.OutputSize;
        var stride = Padding.RoundUp(size);
        for (var t = 0; t < steps; t++)
        {
            for (var row = rowBegin; row < rowEnd; row++)
            {
                var position = ((nint)t * workspace.Batch) + row;
                var to = y + (position * size);
                var from = workspace.Output + (position * stride);
                if (TModel.Info.SoftmaxOutput)
                {
                    Softmax.Normalize(workspace.Model.Width, from, size);
                }

                new ReadOnlySpan<float>(from, size).CopyTo(new Span<float>(to, size));
            }
        }
    }
}
