using FastRnn.Interchange.Audio;
using FastRnn.Interchange.Keras;
using FastRnn.Interchange.Onnx;
using FastRnn.Interchange.PyTorch;

namespace FastRnn.Interchange.Files;

/// <summary>Opens files of other tools. The first bytes tell the format; where several have none of their own, the ending does.</summary>
internal static class ForeignFile
{
    /// <summary>Opens a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">What it may leave open.</param>
    /// <exception cref="ForeignFileException">It cannot be read, or is of no known format.</exception>
    public static IForeignModel Open(string path, ImportOptions options)
    {
        var first = FileDoor.FirstBytes(path);
        if (IsHdf5(first) || Ends(path, ".keras"))
        {
            Refuse(path, options with { Configuration = null, Declared = null }, "Keras");
            if (options is { Declared: not null, Configuration: not null })
                throw new ForeignFileException($"{path}: expected a configuration of Keras or a declaration to fill, got both");
            if (options.Declared is { } declared)
                return KerasFile.OpenDeclared(path, declared);
            return options.Configuration is null && !Ends(path, ".weights.h5")
                ? KerasFile.Open(path)
                : KerasFile.OpenWeights(path, options.Configuration);
        }

        if (Ends(path, ".onnx"))
        {
            Refuse(path, options, "ONNX");
            return OnnxFile.Open(path);
        }

        if (Ends(path, ".json", ".nam", ".aidax") || first is [(byte)'{', ..])
        {
            Refuse(path, options with { Submodel = null }, "audio");
            return AudioFile.Open(path, new() { Submodel = options.Submodel });
        }

        if (Ends(path, ".pt", ".pth", ".bin", ".ckpt", ".dat", ".safetensors") || first is [(byte)'P', (byte)'K', ..])
        {
            Refuse(
                path, new() { Configuration = options.Configuration, Submodel = options.Submodel, Declared = options.Declared }, "weights");
            return StateDictFile.Open(path, Options(options));
        }

        throw new ForeignFileException(
            $"{path}: of no format that is known here: expected .onnx, .keras, .h5, .weights.h5, .pt, .pth, .safetensors, .dat, .json, "
            + ".nam or .aidax");
    }

    // An option that a format has no use for was meant for something: it is not passed over.
    private static void Refuse(string path, ImportOptions options, string format)
    {
        List<string> useless = [.. options.ForStateDicts];
        if (options.Configuration is not null)
            useless.Add("configuration");
        if (options.Declared is not null)
            useless.Add("declaration");
        if (options.Submodel is not null)
            useless.Add("submodel");
        if (useless.Count > 0)
            throw new ForeignFileException($"{path}: a file of {format} says it all itself: no {string.Join(", ", useless)} is wanted");
    }

    private static StateDictOptions Options(ImportOptions options) => new()
    {
        BatchFirst = options.BatchFirst,
        LastStep = options.LastStep,
        Nonlinearity = options.Nonlinearity,
        OutputActivation = options.OutputActivation == "none" ? null : options.OutputActivation,
        Dictionary = options.Dictionary,
    };

    private static bool IsHdf5(byte[] first) => first is [0x89, (byte)'H', (byte)'D', (byte)'F', ..];

    private static bool Ends(string path, params string[] endings) =>
        endings.Any(e => path.EndsWith(e, StringComparison.OrdinalIgnoreCase));
}
