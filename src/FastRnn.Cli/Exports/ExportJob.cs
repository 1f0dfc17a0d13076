using System.Text;

using FastRnn.Files;
using FastRnn.Interchange.Certificates;
using FastRnn.Interchange.Export;
using FastRnn.Interchange.Running;

namespace FastRnn.Cli.Exports;

/// <summary>Writes a model for other tools.</summary>
internal static class ExportJob
{
    /// <summary>Writes an ONNX file, reads it again and compares it with the model. One that differs is not left behind.</summary>
    /// <exception cref="CommandException">It cannot be written, or differs.</exception>
    public static int Onnx(string folder, string path, OnnxExportOptions options, Terminal terminal)
    {
        using var model = LoadedModel.Open(folder);
        var info = model.Model.Info;
        var (target, place) = Target(path);
        ModelFiles.Keep(model, path, "--onnx");

        // Beside its place and under a name of its own, until it was compared.
        var written = Path.Combine(place, $".{Guid.NewGuid():N}.onnx");
        double difference;
        try
        {
            AtomicFile.Write(written, stream => OnnxExport.Write(info, model.Model.Parameters, stream, options, model.Equations));
            difference = new ExportCheck(written, options, model.Model).Difference();
            if (difference <= Certifier.Tolerance)
                File.Move(written, target, overwrite: true);
        }
        catch (ModelFileException e)
        {
            throw CommandException.Failed(e.Message.Replace(written, path, StringComparison.Ordinal));
        }
        finally
        {
            if (File.Exists(written))
                File.Delete(written);
        }

        if (!(difference <= Certifier.Tolerance))
        {
            throw CommandException.Failed(FormattableString.Invariant(
                $"{path}: the file differs from the model by {difference:0.0e+00} of {Certifier.Tolerance:0.0e+00}: nothing was written"));
        }

        terminal.Line($"{path}: ONNX, opset {OnnxExport.Opset}, {new FileInfo(path).Length:n0} bytes, {info.ParameterCount:n0} parameters");
        terminal.Line($"Read again and run by ONNX's rules in double precision: largest difference {difference:0.0e+00}");
        return Finish(model, terminal);
    }

    /// <summary>Writes a Python script.</summary>
    public static int PyTorch(string folder, string path, Terminal terminal)
    {
        using var model = LoadedModel.Open(folder);
        var info = model.Model.Info;
        var (_, place) = Target(path);
        ModelFiles.Keep(model, path, "--pytorch");
        var weights = Path.GetRelativePath(place, Path.GetFullPath(model.Weights)).Replace('\\', '/');
        var script = PyTorchExport.Write(info, weights, model.Equations);
        AtomicFile.Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(script)));
        terminal.Line($"{path}: builds {info.Name} of torch.nn and loads {model.Weights} into it ({info.ParameterCount:n0} parameters)");
        return Finish(model, terminal);
    }

    /// <summary>Writes the weights alone, in a format, with the texts that lie beside them. The names and the layout of an imported file
    /// are left out: its folder would hold two models then.</summary>
    public static int SafeTensors(string folder, string path, WeightFormat format, Terminal terminal)
    {
        using var model = LoadedModel.Open(folder);
        var info = model.Model.Info;
        Target(path);
        ModelFiles.Keep(model, path, "--safetensors");
        var texts = ModelFile.ReadMetadata(model.Weights).Where(text => text.Key != SignatureText.MetadataKey).ToDictionary();
        ModelFile.Save(info, model.Model.Parameters, path, texts, format);
        terminal.Line($"{path}: {new FileInfo(path).Length:n0} bytes, {info.ParameterCount:n0} parameters as {format}");
        return ExitCodes.Success;
    }

    // The whole path, and the directory in which the file is to stand.
    private static (string Target, string Place) Target(string path)
    {
        var target = Path.GetFullPath(path);
        var place = Path.GetDirectoryName(target);
        if (place is null || Directory.Exists(target))
            throw CommandException.Failed($"{path}: cannot be written: expected a file, got a directory");
        return Directory.Exists(place)
            ? (target, place)
            : throw CommandException.Failed($"{path}: cannot be written: there is no directory {place}");
    }

    private static int Finish(LoadedModel model, Terminal terminal)
    {
        if (model.SkipsSteps)
            terminal.Line($"It reads every step: lengths and masks of the imported file are not in it. Give it sequences of one length.");
        return ExitCodes.Success;
    }
}
