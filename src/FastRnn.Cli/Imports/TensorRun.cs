using FastRnn.Files;
using FastRnn.Interchange.Networks;
using FastRnn.Interchange.Running;
using FastRnn.Interchange.Tensors;

namespace FastRnn.Cli.Imports;

/// <summary>Runs a model on a file of tensors.</summary>
internal static class TensorRun
{
    private const string Input = "input.";
    private const string Output = "output.";

    /// <summary>Runs it and writes the outputs; nothing is written if anything is wrong.</summary>
    public static int Run(Signature signature, IRunnable model, string input, string output, Terminal terminal)
    {
        var inputs = Read(input);
        var results = new SignatureRun(signature, model).Run(inputs);
        var tensors = results.OrderBy(r => r.Key, StringComparer.Ordinal).Select(r => new TensorData(
            Output + r.Key, r.Value.Values.Select(v => (float)v).ToArray(), [.. r.Value.Shape.Select(s => (long)s)])).ToList();
        AtomicFile.Write(output, stream => SafeTensorsWriter.Write(stream, tensors));
        if (signature.SampleRate is { } rate)
            terminal.Line($"the model was made for {rate} samples a second: nothing here converts other rates");
        foreach (var unused in signature.Unused.Where(u => inputs.ContainsKey(u.Name)))
            terminal.Line($"input '{unused.Name}' {inputs[unused.Name].ShapeText()}: nothing in the original reads it, so it was not used");
        foreach (var tensor in tensors)
            terminal.Line($"{tensor.Name} [{string.Join(", ", tensor.Shape)}]");
        return ExitCodes.Success;
    }

    private static Dictionary<string, Tensor> Read(string path)
    {
        using var file = SafeTensorsReader.Open(path);
        var inputs = new Dictionary<string, Tensor>();
        foreach (var entry in file.Tensors)
        {
            if (entry.Name.StartsWith(Output, StringComparison.Ordinal))
                continue;
            var name = entry.Name.StartsWith(Input, StringComparison.Ordinal) ? entry.Name[Input.Length..] : entry.Name;
            if (!inputs.TryAdd(name, Tensor.Of(SafeTensorsInput.Read(file, entry))))
                throw CommandException.Failed($"{path}: tensor '{name}' stands there twice, with and without '{Input}'");
        }

        return inputs;
    }
}
