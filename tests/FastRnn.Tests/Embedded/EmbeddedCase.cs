using FastRnn.CompilerServices;
using FastRnn.Files;
using FastRnn.Inference;
using FastRnn.Parameters;
using FastRnn.Tests.Kernels;

namespace FastRnn.Tests.Embedded;

/// <summary>A model with weights, for tests that do not know which.</summary>
internal interface IEmbeddedCase
{
    /// <summary>The vector width of its data; Auto for the parameters' order.</summary>
    SimdWidth DataWidth { get; }

    /// <summary>The outputs of a model made from the assembly.</summary>
    float[] Embedded(SimdWidth width, int batch = 1, WeightFormat session = WeightFormat.Float32);

    /// <summary>The outputs of the same class with parameters that were read from the file; matrices of layers rounded, if the assembly's
    /// are.</summary>
    float[] Loaded(SimdWidth width, int batch = 1, WeightFormat session = WeightFormat.Float32);

    /// <summary>The parameters as the assembly gives them.</summary>
    float[] Parameters(SimdWidth width);

    /// <summary>The parameters of the file.</summary>
    float[] Expected();
}

/// <inheritdoc cref="IEmbeddedCase"/>
internal sealed class EmbeddedCase<TModel>(string file, Func<SimdWidth, TModel> create) : IEmbeddedCase
    where TModel : class, IModel<TModel>
{
    private const int Steps = 9;

    public SimdWidth DataWidth => TModel.Weights.PanelWidth;

    public float[] Embedded(SimdWidth width, int batch, WeightFormat session) => Outputs(create(width), batch, session);

    public float[] Loaded(SimdWidth width, int batch, WeightFormat session)
    {
        var model = create(width);
        using (var edit = model.Store.Edit())
            Expected().CopyTo(edit.Parameters);
        return Outputs(model, batch, session);
    }

    public float[] Parameters(SimdWidth width) => create(width).Store.Parameters.ToArray();

    public float[] Expected()
    {
        var info = TModel.Info;
        var parameters = new float[info.ParameterCount];
        ModelFile.Load(info, parameters, System.IO.Path.Combine(AppContext.BaseDirectory, file));
        var isInteger = TModel.Weights.Int8Count > 0;
        foreach (var layer in TModel.Weights.BFloat16Count > 0 || isInteger ? info.Layers : [])
        {
            // An encoder's embedding is a layer, and exact like any other.
            if (layer.Wiring is { Operation: not LayerOperation.Kernel })
                continue;

            foreach (var matrix in layer.Parameters.Where(p => !p.IsVector))
            {
                if (isInteger)
                {
                    RoundRows(parameters.AsSpan(layer.ParameterOffset + matrix.Offset, matrix.Count), matrix.Columns);
                    continue;
                }

                foreach (ref var value in parameters.AsSpan(layer.ParameterOffset + matrix.Offset, matrix.Count))
                    value = BFloat16Weights.Nearest(value);
            }
        }

        return parameters;
    }

    private static void RoundRows(Span<float> values, int columns)
    {
        for (; values.Length > 0; values = values[columns..])
        {
            var (q, scale) = Int8Definition.RoundRow(values[..columns]);
            for (var k = 0; k < columns; k++)
                values[k] = q[k] * scale;
        }
    }

    private static float[] Outputs(TModel model, int batch, WeightFormat format)
    {
        using var session = new Session<TModel>(model, new() { BatchSize = batch, Threads = 1, Weights = format });
        var outputs = new float[Steps * batch * TModel.Info.OutputSize];
        if (TModel.Info.Vocabulary > 0)
            session.Run([.. Enumerable.Range(0, Steps * batch).Select(i => i * 7 % TModel.Info.Vocabulary)], outputs);
        else
            session.Run([.. Enumerable.Range(0, Steps * batch * TModel.Info.InputSize).Select(i => MathF.Sin(i))], outputs);
        return outputs;
    }
}
