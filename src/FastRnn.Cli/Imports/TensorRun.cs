using FastRnn.Cli.Exports;
using FastRnn.Files;
using FastRnn.Interchange;
using FastRnn.Interchange.Running;
using FastRnn.Interchange.Tensors;

namespace FastRnn.Cli.Imports;

/// <summary>Runs a model on a file of tensors.</summary>
internal static class TensorRun
{
    private const string Input = "input.";
    private const string Output = "output.";

    /// <summary>Runs it and writes the outputs; nothing is written if anything is wrong.</summary>
    /// <param name="loaded">The model.</param>
    /// <param name="input">The file of inputs.</param>
    /// <param name="output">The file to write.</param>
    /// <param name="terminal">Receives what was written.</param>
    /// <exception cref="CommandException">The output would replace a file of the model or the inputs, or an input stands there
    /// twice.</exception>
    /// <exception cref="ForeignFileException">An input is missing or unknown, or does not fit.</exception>
    public static int Run(LoadedModel loaded, string input, string output, Terminal terminal)
    {
        ModelFiles.Keep(loaded, output, "--output");
        ModelFiles.Keep(input, "holds the inputs", output, "--output");
        var signature = loaded.Signature;
        var inputs = Read(input);
        IReadOnlyDictionary<string, Tensor> results;
        try
        {
            results = new SignatureRun(signature, loaded.Model).Run(inputs);
        }
        catch (ForeignFileException e) when (!e.Message.Contains(input, StringComparison.Ordinal))
        {
            throw CommandException.Failed($"{input}: {e.Message}");
        }

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
