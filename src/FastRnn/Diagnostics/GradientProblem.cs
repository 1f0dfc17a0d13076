using FastRnn.Testing;
using FastRnn.Training;

namespace FastRnn.Diagnostics;

/// <summary>A number, in double precision, as a function of numbers whose gradients are in question: all parameters, and perhaps
/// more.</summary>
internal abstract class GradientProblem
{
    protected GradientProblem(GradientBatch batch, ReadOnlySpan<float> parameters)
    {
        Batch = batch;
        Point = new double[parameters.Length];
        for (var i = 0; i < parameters.Length; i++)
        {
            Point[i] = parameters[i];
        }

        Tensors.AddRange(TrainedParameter.Tables(batch.Info).Select(table => new GradientTensor(table.Name, table.Offset, table.Count)));
        for (var l = 0; l < batch.Info.Layers.Count; l++)
        {
            var layer = batch.Info.Layers[l];
            Tensors.AddRange(
                layer.Parameters.Select(p => new GradientTensor($"{p.Name} of layer {l}", layer.ParameterOffset + p.Offset, p.Count)));
        }
    }

    /// <summary>What is differentiated, in a word.</summary>
    public abstract string Of { get; }

    /// <summary>How many numbers of the order of 1 are added: how large the function's rounding errors are.</summary>
    public abstract double Scale { get; }

    /// <summary>Parts of <see cref="Point"/>.</summary>
    public List<GradientTensor> Tensors { get; } = [];

    /// <summary>All numbers, the parameters first.</summary>
    public double[] Point { get; protected set; }

    protected GradientBatch Batch { get; }

    /// <summary>The function.</summary>
    public abstract double Value(double[] point);

    /// <summary>The same gradients from the kernels.</summary>
    public abstract float[] OfKernels<TModel>(TModel model)
        where TModel : class, IModel<TModel>;

    protected ReferenceGraph Graph(double[] point) => new(Batch.Info, point.AsSpan(0, Batch.Info.ParameterCount));
}
