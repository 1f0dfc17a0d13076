using System.CommandLine;
using System.Text.RegularExpressions;

using FastRnn.Cli.Imports;
using FastRnn.Compiler;
using FastRnn.Interchange;

using Microsoft.CodeAnalysis.CSharp;

namespace FastRnn.Cli.Commands;

/// <summary><c>import FILE</c>.</summary>
internal static partial class ImportCommand
{
    public static Command Create(Terminal terminal)
    {
        var file = new Argument<string>("FILE")
        {
            Description = "ONNX, Keras (.keras, .h5, .weights.h5), PyTorch (state_dict by torch.save, safetensors), TorchSharp (.dat), "
                + "RTNeural, AIDA-X, Proteus (.json), NAM (.nam).",
        }.NoOption();
        var folder = new Option<string>("--out")
        {
            Description = "The folder to write; if nothing is said, one named after the model.",
        }.NotEmpty();
        var name = new Option<string>("--name") { Description = "The model's class; the file's name, if nothing is said." };
        var space = new Option<string>("--namespace") { Description = "The class's namespace.", DefaultValueFactory = _ => "Imported" };
        var batchFirst = new Option<bool>("--batch-first") { Description = "A state_dict: the model is run with [B, T, I]." };
        var lastStep = new Option<bool>("--last-step")
        {
            Description = "A state_dict: what follows the recurrent layers sees the last step only.",
        };
        var nonlinearity = Choice("--nonlinearity", "A state_dict of nn.RNN: its function.", "tanh", "relu");
        var output = Choice(
            "--output-activation", "A state_dict: what follows the last layer.",
            "none", "sigmoid", "tanh", "relu", "softmax", "log_softmax");
        var configuration = new Option<string>("--config")
        {
            Description = "Keras' weights: the config.json or .keras file that they belong to.",
        }.NotEmpty();
        var declaration = new Option<string>("--declaration")
        {
            Description = "Keras' weights: a C# file with a [Model] of your own, which they fill. They are written beside it. "
                + "The file is code, which is compiled and run: name it only if you trust where it comes from.",
        }.NotEmpty();
        var dictionary = new Option<string>("--dictionary") { Description = "A checkpoint with several dictionaries: which one." };
        var submodel = new Option<int?>("--submodel") { Description = "A NAM container of several models: which one, from 0." };
        var command = new Command(
            "import", "Brings a network of another tool in: a declaration, its weights and a certificate.")
        {
            file, folder, name, space, batchFirst, lastStep, nonlinearity, output, configuration, declaration, dictionary, submodel,
        };
        command.SetAction(parsed =>
        {
            var path = parsed.GetRequiredValue(file);
            var own = parsed.GetValue(declaration);
            if (own is not null && (parsed.GetResult(name) is not null || parsed.GetResult(space) is { Implicit: false }))
                throw CommandException.Usage("--name and --namespace are for what an import writes; --declaration has its own");
            var options = new ImportOptions
            {
                BatchFirst = parsed.GetValue(batchFirst),
                LastStep = parsed.GetValue(lastStep),
                Nonlinearity = parsed.GetValue(nonlinearity)!,
                OutputActivation = parsed.GetValue(output)!,
                Configuration = parsed.GetValue(configuration),
                Dictionary = parsed.GetValue(dictionary),
                Submodel = parsed.GetValue(submodel),
            };
            try
            {
                if (own is not null)
                    CompilerWarmUp.Begin();
                using var filled = own is null ? null : new DeclarationFile(own);
                var names = filled is null ? Written() : Own(filled, parsed.GetValue(folder));
                return ImportReport.Print(ImportJob.Run(path, options, names, filled, terminal.Interrupt), terminal);
            }
            catch (ForeignFileException e)
            {
                // All that is not understood, a line each.
                terminal.Error.WriteLine($"fastrnn: {e.Message}");
                return ExitCodes.Failed;
            }

            ImportNames Written()
            {
                var className = Identifier(parsed.GetValue(name) ?? ImportNames.ClassOf(path), "--name");
                var spaceName = Identifier(parsed.GetValue(space)!, "--namespace", dots: true);
                return new(parsed.GetValue(folder) ?? className, className, spaceName);
            }
        });
        return command;
    }

    private static ImportNames Own(DeclarationFile file, string? folder) =>
        new(folder ?? Path.GetDirectoryName(Path.GetFullPath(file.Path))!, file.Model.Name, file.Model.Namespace ?? "")
        {
            Stem = Path.GetFileNameWithoutExtension(file.Path),
        };

    private static Option<string> Choice(string name, string description, params string[] values)
    {
        var option = new Option<string>(name)
        {
            Description = $"{description} {string.Join(", ", values)}.",
            DefaultValueFactory = _ => values[0],
        };
        option.AcceptOnlyFromAmong(values);
        return option;
    }

    private static string Identifier(string text, string option, bool dots = false)
    {
        if (text.Split('.').Any(part => !Word().IsMatch(part) || SyntaxFacts.GetKeywordKind(part) != SyntaxKind.None)
            || (!dots && text.Contains('.')))
            throw CommandException.Usage($"{option}: expected a name of letters, digits and _ that is no word of C#, got '{text}'");
        if (!dots && ImportNames.IsTaken(text))
            throw CommandException.Usage($"{option}: '{text}' is what declarations call something else");
        return text;
    }

    [GeneratedRegex("^[A-Za-z_][A-Za-z0-9_]*$")]
    private static partial Regex Word();
}
