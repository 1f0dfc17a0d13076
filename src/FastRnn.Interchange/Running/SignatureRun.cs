using FastRnn.CompilerServices;
using FastRnn.Interchange.Networks;
using FastRnn.Interchange.Tensors;

namespace FastRnn.Interchange.Running;

/// <summary>Runs a generated model by the names and in the layout of the file that it came from. Padding and masked steps are left out of
/// the run, and come back as the file's tool would give them; a sequence of length 0 gives its first state back.</summary>
internal sealed class SignatureRun(Signature signature, IRunnable model)
{
    /// <summary>Runs it.</summary>
    /// <param name="inputs">By the file's names.</param>
    /// <returns>All outputs by the file's names.</returns>
    /// <exception cref="ForeignFileException">An input is missing or unknown, or does not fit.</exception>
    public IReadOnlyDictionary<string, Tensor> Run(IReadOnlyDictionary<string, Tensor> inputs)
    {
        CheckNames(inputs);
        var input = new SequenceInput(signature, model.Info, inputs);
        if (model.Info.OutputDomain == TimeDomain.Single && signature.MaskedOutput is null && input.Sequences.Length < input.Batch)
        {
            throw new ForeignFileException(
                $"'{signature.Lengths?.Name ?? signature.Input.Name}': a sequence has no step, so there is nothing to pool");
        }

        var states = new StateTransfer(signature, model, input);
        var first = states.First(inputs);
        var result = input.Read is not { } read
            ? new RunResult([], new Dictionary<(int, int), float[]>())
            : model.Run(new(
                read.Lengths.ToArray(), read.Batch.X.ToArray(), read.Batch.Tokens.ToArray(), states.OfRows(first),
                signature.FinalStates.Count > 0));
        var outputs = new Dictionary<string, Tensor>
        {
            [signature.Output.Name] = new SequenceOutput(signature, model.Info, input).Of(result.Y),
        };
        foreach (var port in signature.FinalStates)
            outputs[port.Name] = states.Final(port, first, result.LastStates);
        return outputs;
    }

    private void CheckNames(IReadOnlyDictionary<string, Tensor> inputs)
    {
        List<string> names = [signature.Input.Name, .. signature.FirstStates.Select(s => s.Name)];
        if (signature.Lengths is { } lengths)
            names.Add(lengths.Name);
        foreach (var (name, tensor) in inputs.Where(i => !names.Contains(i.Key)))
        {
            if (signature.Unused.FirstOrDefault(u => u.Name == name) is not { } unused)
                throw new ForeignFileException($"input '{name}' is unknown: expected {string.Join(", ", names.Select(n => $"'{n}'"))}");
            if (!unused.Fits(tensor.Shape))
            {
                throw new ForeignFileException(
                    $"input '{name}', which is not read: expected {unused.ShapeText()}, got {tensor.ShapeText()}");
            }
        }
    }
}
