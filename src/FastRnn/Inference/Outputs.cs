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
        var output = workspace.Output;
        for (var t = 0; t < steps; t++)
        {
            var first = ((nint)t * workspace.Batch) + rowBegin;
            var from = output + (first * stride);
            for (var row = rowBegin; row < rowEnd && TModel.Info.SoftmaxOutput; row++)
            {
                Softmax.Normalize(workspace.Model.Width, from + ((nint)(row - rowBegin) * stride), size);
            }

            RowCopy.Copy(from, stride, y + (first * size), size, size, rowEnd - rowBegin);
        }
    }
}
