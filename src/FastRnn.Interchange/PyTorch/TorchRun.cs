using FastRnn.Interchange.Tensors;

namespace FastRnn.Interchange.PyTorch;

/// <summary>Runs a chain of modules in double.</summary>
internal static class TorchRun
{
    /// <summary>The output of the last module.</summary>
    /// <param name="modules">In their order.</param>
    /// <param name="options">What the file leaves open.</param>
    /// <param name="input">[T, B, F], or tokens [T, B], with the first two exchanged if the model is batch first.</param>
    /// <exception cref="ForeignFileException">The input does not fit.</exception>
    public static Tensor Run(IReadOnlyList<TorchModule> modules, StateDictOptions options, Tensor input)
    {
        var sequence = Input(modules[0], input);
        if (options.BatchFirst)
            sequence = sequence.Exchanged();

        var lastRecurrent = modules.Select((m, i) => m is TorchRecurrent ? i : -1).Max();
        for (var i = 0; i < modules.Count; i++)
        {
            var before = sequence;
            sequence = modules[i] switch
            {
                TorchEmbedding embedding => Embedding(embedding, before),
                TorchLinear linear => Linear(linear, before),
                TorchRecurrent recurrent => Recurrent(recurrent, before, options.Nonlinearity == "relu"),
                _ => throw new InvalidOperationException($"no such module: {modules[i]}"),
            };
            if (options.LastStep && i == lastRecurrent)
                sequence = FinalStates((TorchRecurrent)modules[i], sequence);
        }

        if (options.OutputActivation is not null)
        {
            for (var step = 0; step < sequence.Steps; step++)
            {
                for (var b = 0; b < sequence.Batch; b++)
                    Activate(options.OutputActivation, sequence.At(step, b));
            }
        }

        if (options.LastStep)
            return new Tensor([sequence.Batch, sequence.Features], sequence.Values);
        if (options.BatchFirst)
            sequence = sequence.Exchanged();
        return new Tensor([sequence.Steps, sequence.Batch, sequence.Features], sequence.Values);
    }

    private static TorchSequence Input(TorchModule first, Tensor input)
    {
        var rank = first is TorchEmbedding ? 2 : 3;
        if (input.Rank != rank || (rank == 3 && input.Shape[2] != first.InputSize))
        {
            throw new ForeignFileException(
                $"input: expected {(rank == 2 ? "tokens of two dimensions" : $"[.., .., {first.InputSize}]")}, got {input.ShapeText()}");
        }

        return new TorchSequence(input.Shape[0], input.Shape[1], rank == 2 ? 1 : input.Shape[2], input.Values);
    }

    private static TorchSequence Embedding(TorchEmbedding module, TorchSequence input)
    {
        var output = TorchSequence.Zeros(input.Steps, input.Batch, module.OutputSize);
        for (var i = 0; i < input.Values.Length; i++)
        {
            var token = input.Values[i];
            if (token < 0 || token >= module.Weight.Shape[0] || token != Math.Floor(token))
                throw new ForeignFileException($"input: {token} is no token; expected 0 to {module.Weight.Shape[0] - 1}");
            for (var k = 0; k < module.OutputSize; k++)
                output.Values[(i * module.OutputSize) + k] = module.Weight[((int)token * module.OutputSize) + k];
        }

        return output;
    }

    private static TorchSequence Linear(TorchLinear module, TorchSequence input)
    {
        var bias = module.Bias is null ? null : Tensor.Of(module.Bias).Values;
        var output = TorchSequence.Zeros(input.Steps, input.Batch, module.OutputSize);
        for (var step = 0; step < input.Steps; step++)
        {
            for (var b = 0; b < input.Batch; b++)
            {
                var x = input.At(step, b);
                var y = output.At(step, b);
                for (var row = 0; row < y.Length; row++)
                    y[row] = (bias?[row] ?? 0) + module.Weight.Dot(row * x.Length, x);
            }
        }

        return output;
    }

    private static TorchSequence Recurrent(TorchRecurrent module, TorchSequence input, bool isRelu)
    {
        var output = TorchSequence.Zeros(input.Steps, input.Batch, module.OutputSize);
        var each = module.OutputSize / module.Directions.Count;
        for (var d = 0; d < module.Directions.Count; d++)
            new TorchCell(module, module.Directions[d], isRelu).Run(input, output, d * each, backward: d == 1);
        return output;
    }

    // h_n of the last layer: a direction that reads from the end finishes at the first step.
    private static TorchSequence FinalStates(TorchRecurrent module, TorchSequence output)
    {
        if (output.Steps == 0)
            throw new ForeignFileException("input: expected at least one step, as the last is taken");
        var final = TorchSequence.Zeros(1, output.Batch, output.Features);
        var each = output.Features / module.Directions.Count;
        for (var b = 0; b < output.Batch; b++)
        {
            output.At(output.Steps - 1, b)[..each].CopyTo(final.At(0, b));
            if (module.Directions.Count == 2)
                output.At(0, b)[each..].CopyTo(final.At(0, b)[each..]);
        }

        return final;
    }

    private static void Activate(string function, Span<double> values)
    {
        double sum = 0;
        var max = double.NegativeInfinity;
        foreach (var value in values)
            max = Math.Max(max, value);
        foreach (var value in values)
            sum += Math.Exp(value - max);
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = function switch
            {
                "sigmoid" => 1 / (1 + Math.Exp(-values[i])),
                "tanh" => Math.Tanh(values[i]),
                "relu" => Math.Max(0, values[i]),
                "softmax" => Math.Exp(values[i] - max) / sum,
                "log_softmax" => values[i] - max - Math.Log(sum),
                _ => throw new ForeignFileException($"output activation '{function}': expected one of {TorchOutput.Names}"),
            };
        }
    }
}
