using Microsoft.CodeAnalysis;

namespace FastRnn.Generators.Diagnostics;

/// <summary>Every diagnostic about a declaration. <c>generators/diagnostics.md</c> holds a paragraph of help for each.</summary>
internal static class Descriptors
{
    // How a class is declared.
    public static readonly DiagnosticDescriptor NotPartial = Error("FRNN001", "The class is not partial",
        "'{0}' must be declared 'sealed partial class': the generator writes its other half");

    public static readonly DiagnosticDescriptor NotSealed = Error("FRNN002", "The class is not a sealed class",
        "'{0}' must be declared 'sealed partial class', not {1}");

    public static readonly DiagnosticDescriptor Generic = Error("FRNN003", "The class is generic",
        "'{0}' must not have type parameters: sizes are dimensions, given by a model's attributes");

    public static readonly DiagnosticDescriptor Nesting = Error("FRNN004", "The class stands where its other half cannot be written",
        "'{0}' cannot get its other half: {1}");

    public static readonly DiagnosticDescriptor BaseClass = Error("FRNN005", "The class has a base class",
        "'{0}' must not derive from '{1}'");

    public static readonly DiagnosticDescriptor SeveralParts = Error("FRNN006", "The declaration is spread over several parts",
        "'{0}' must stand in one part: {1}");

    public static readonly DiagnosticDescriptor Constructor = Error("FRNN007", "A cell declares a constructor",
        "'{0}' must not declare a constructor: the generator writes the one that assigns the parameters");

    public static readonly DiagnosticDescriptor CellAndModel = Error("FRNN008", "A class is both a cell and a model",
        "'{0}' is marked both [Cell] and [Model]: a model names its cells with [Layer<TCell>(hiddenSize)]");

    public static readonly DiagnosticDescriptor LossAndOther = Error("FRNN009", "A class is a loss and something else",
        "'{0}' is marked both [Loss] and [{1}]: a model names its loss with [Loss<TLoss>]");

    // A cell's Step and what it carries.
    public static readonly DiagnosticDescriptor NoStep = Error("FRNN010", "A cell has no Step",
        "'{0}' has no Step method: a cell's equations are 'Vec<Hidden> Step(Vec<Input> x, Vec<Hidden> h)'");

    public static readonly DiagnosticDescriptor TwoSteps = Error("FRNN011", "A cell has more than one Step",
        "'{0}' has more than one Step method: a cell has one set of equations");

    public static readonly DiagnosticDescriptor StepSignature = Error("FRNN012", "Step has a wrong signature",
        "Step must take 'Vec<Input> x' and then the carried states, and return the new states: {0}");

    public static readonly DiagnosticDescriptor StateNotTaken = Error("FRNN013", "A state is returned but not taken",
        "Step returns {0}, which it does not take: {1}");

    public static readonly DiagnosticDescriptor StateNotReturned = Error("FRNN014", "A state is taken but not returned",
        "Only the first parameter of Step is an input, every other is a state, and no new value of {0} is returned{1}: "
        + "return it too, even unchanged; a second input is a part of '{2}', both as one vector");

    public static readonly DiagnosticDescriptor StateDimension = Error("FRNN015", "A state changes its dimension",
        "The state '{0}' is taken as {1} and returned as {2}: {3}");

    public static readonly DiagnosticDescriptor StateOrder = Warning("FRNN016", "States are returned in another order",
        "Step returns ({0}) as the new ({1}): write them in the order of the return type, or give what changes places a name of its own");

    // A loss's Step.
    public static readonly DiagnosticDescriptor LossSignature = Error("FRNN017", "A loss's Step has a wrong signature",
        "A loss has one Step, which takes outputs and then targets and returns a number, all of type Vec<Target>: {0}");

    public static readonly DiagnosticDescriptor LossNumber = Error("FRNN018", "A loss is no number",
        "'{0}' has an element for each target, and a loss is one number: add them up with Sum or Mean");

    public static readonly DiagnosticDescriptor LossField = Error("FRNN019", "A loss has something to remember",
        "A loss is its equations alone and cannot have {0}: it learns nothing, and its numbers are 'const double'");

    // What Step says.
    public static readonly DiagnosticDescriptor Statement = Error("FRNN020", "A statement outside the language of cells",
        "Step may hold declarations and assignments of vectors and one return at its end, not {0}");

    public static readonly DiagnosticDescriptor Call = Error("FRNN021", "A call outside the language of cells",
        "'{0}' is no function of FastRnn.Language.Functions, and Step can call no other: write its equations out");

    public static readonly DiagnosticDescriptor Expression = Error("FRNN022", "An expression outside the language of cells",
        "Step's expressions are names, numbers, + - * /, parentheses and functions, not {0}");

    public static readonly DiagnosticDescriptor UnknownName = Error("FRNN023", "A name outside the language of cells",
        "'{0}' is no local variable, state, parameter or 'const double' of this cell");

    public static readonly DiagnosticDescriptor IntegerDivision = Error("FRNN024", "Integers are divided",
        "C# divides these integers without a remainder: write one of them as '{0}.0'");

    public static readonly DiagnosticDescriptor Number = Error("FRNN025", "A number that a float cannot hold",
        "The number {0} has no finite value as a float");

    public static readonly DiagnosticDescriptor Dimensions = Error("FRNN026", "Dimensions do not fit",
        "{0} wants {1}, not {2}");

    public static readonly DiagnosticDescriptor Matrix = Error("FRNN027", "A matrix outside a product",
        "The matrix '{0}' can only be the left operand of a product with a vector");

    public static readonly DiagnosticDescriptor TooLarge = Error("FRNN028", "Equations are too large",
        "{0} exceeds the limit of {1}");

    // A cell's parameters.
    public static readonly DiagnosticDescriptor Field = Error("FRNN030", "A field is no parameter",
        "'{0}' is neither a parameter (an instance field of type Mat<R, C> or Vec<D>) nor a number (a 'const double'): {1}");

    public static readonly DiagnosticDescriptor UnusedParameter = Error("FRNN031", "A parameter is never used",
        "The parameter '{0}' has no influence on any state: use it or remove it");

    public static readonly DiagnosticDescriptor UnusedValue = Warning("FRNN032", "A value is never used",
        "The value of '{0}' is never used");

    public static readonly DiagnosticDescriptor UnusedInput = Error("FRNN033", "The input is never used",
        "The input '{0}' has no influence on any state");

    public static readonly DiagnosticDescriptor Initializer = Error("FRNN034", "An initialisation does not fit",
        "'{0}' cannot be initialised so: {1}");

    public static readonly DiagnosticDescriptor TensorPart = Error("FRNN035", "A stored tensor names an unknown parameter",
        "The stored tensor '{0}' names '{1}', which is no parameter of this cell");

    public static readonly DiagnosticDescriptor TensorCover = Error("FRNN036", "Stored tensors do not hold each parameter once",
        "The parameter '{0}' is stored {1}: the stored tensors of a cell hold each of its parameters once");

    public static readonly DiagnosticDescriptor TensorShape = Error("FRNN037", "A stored tensor has no shape",
        "The stored tensor '{0}' is not well formed: {1}");

    public static readonly DiagnosticDescriptor DimensionName = Error("FRNN038", "Two dimensions have one name",
        "Two different dimensions are called '{0}': a cell's dimensions are told apart by their names");

    // A model's list.
    public static readonly DiagnosticDescriptor NoInput = Error("FRNN040", "A model has no input",
        "{0} has no input: begin with [Input(size)], [Embedding(Vocabulary = n, Size = n)] or [OneHot(Vocabulary = n)]");

    public static readonly DiagnosticDescriptor TwoInputs = Error("FRNN041", "A model has more than one input of vectors",
        "{0} has more than one [Input]: make them one vector; [Embedding] and [OneHot] may stand beside it");

    public static readonly DiagnosticDescriptor NoLayers = Error("FRNN042", "A model has no layers",
        "{0} has no layers: add [Layer<TCell>(hiddenSize)] or [Dense(size)]");

    public static readonly DiagnosticDescriptor Order = Error("FRNN043", "Attributes stand in an impossible order",
        "[{0}] stands too {1}: a model is its inputs, then its layers, then a loss");

    public static readonly DiagnosticDescriptor TwoLosses = Error("FRNN044", "A model has more than one loss",
        "'{0}' has more than one loss");

    public static readonly DiagnosticDescriptor Size = Error("FRNN045", "A size is out of range",
        "{0} must be between 1 and {1}, not {2}");

    public static readonly DiagnosticDescriptor OwnDimensions = Error("FRNN046", "A layer gives a wrong number of dimensions",
        "'{0}' has {1} of its own, and this layer gives {2}");

    public static readonly DiagnosticDescriptor ModelTooLarge = Error("FRNN047", "A model is too large",
        "{0} would be {1} numbers, the limit is {2}");

    public static readonly DiagnosticDescriptor NotACell = Error("FRNN048", "A layer's type is not a cell",
        "'{0}' is not a cell: mark its class with [Cell]");

    public static readonly DiagnosticDescriptor NoSource = Error("FRNN049", "A cell's equations cannot be read",
        "The equations of '{0}' cannot be read from its assembly '{1}': {2}");

    public static readonly DiagnosticDescriptor NotALoss = Error("FRNN029", "A model's loss is not a loss",
        "'{0}' is not a loss: mark its class with [Loss]; the assembly that has it is built with FastRnn's generator");

    public static readonly DiagnosticDescriptor LossOutputs = Error("FRNN039", "Outputs do not fit the loss",
        "'{0}' reads {1} vectors of outputs as long as the targets, and {2} outputs are no multiple of it");

    public static readonly DiagnosticDescriptor LossActivation = Error("FRNN050", "An activation does not go with the loss",
        "[{0}] wants {1}, and the last activation is {2}: make it linear");

    public static readonly DiagnosticDescriptor Softmax = Error("FRNN051", "Softmax is not the last layer",
        "The activation {0} is only for a model's last layer");

    public static readonly DiagnosticDescriptor Member = Error("FRNN052", "An option does not exist",
        "[{0}] cannot be {1}: there is no such option");

    public static readonly DiagnosticDescriptor UnsafeCode = Error("FRNN053", "The project does not allow unsafe code",
        "The kernels of '{0}' use pointers behind a checked door: add <AllowUnsafeBlocks>true</AllowUnsafeBlocks> to the project");

    public static readonly DiagnosticDescriptor ReservedMember = Error("FRNN054", "A model declares what FastRnn writes",
        "'{0}' cannot declare {1}: FastRnn writes it");

    public static readonly DiagnosticDescriptor Width = Error("FRNN055", "A vector width does not exist",
        "The property {0} names '{1}': kernels are written for 128, 256 and 512 bits");

    public static readonly DiagnosticDescriptor Unoptimized = Warning("FRNN056", "Kernels are compiled without optimization",
        "The kernels of models are part of this project, and it is compiled without optimization (Debug): they run at a fraction of their "
            + "speed. Build with -c Release, or set <Optimize>true</Optimize> in the project.");

    // A model that is more than a chain.
    public static readonly DiagnosticDescriptor Skip = Error("FRNN057", "A skip has nothing to add, or nowhere to add it",
        "[Skip] cannot stand here: {0}");

    public static readonly DiagnosticDescriptor Directions = Error("FRNN058", "A layer reads in one direction and in both",
        "[Layer] cannot be Backward and Bidirectional: one reads each sequence from its end alone, the other in both directions");

    public static readonly DiagnosticDescriptor Quantiles = Error("FRNN059", "Quantiles are none, or do not fit the outputs",
        "[Quantile] {0}");

    public static readonly DiagnosticDescriptor EncoderDecoder = Error("FRNN061", "Encoder and decoder are no pair",
        "{0} has {1}: first comes [Encoder] with an input and layers of its own, then [Decoder] with the model's input, layers and loss");

    public static readonly DiagnosticDescriptor Rate = Error("FRNN062", "A rate is out of range",
        "{0} must be {1}, not {2}");

    public static readonly DiagnosticDescriptor Pool = Error("FRNN063", "A pool stands where it cannot",
        "[{0}] {1}");

    public static readonly DiagnosticDescriptor Attention = Error("FRNN064", "Attention has nothing to look at or nothing that asks",
        "[Attention] cannot stand here: {0}");

    public static readonly DiagnosticDescriptor AttentionSize = Error("FRNN065", "Attention needs a size",
        "[Attention] needs a size to which both sides are projected, as in [Attention(AttentionScore.Additive, 64)]: {0}");

    public static readonly DiagnosticDescriptor Handover = Error("FRNN066", "States do not fit the decoder",
        "The encoder's states cannot be handed over: {0}. Use {1}");

    public static readonly DiagnosticDescriptor Unread = Error("FRNN067", "A part of a model has no influence",
        "Nothing reads {0}: it has no influence on the model's outputs");

    public static readonly DiagnosticDescriptor Condition = Error("FRNN068", "A condition stands where it cannot",
        "[Condition] cannot stand here: {0}");

    public static readonly DiagnosticDescriptor GivenState = Error("FRNN069", "An initial state is given twice",
        "The states cannot be InitialState.{0}: they start from {1}");

    public static readonly DiagnosticDescriptor NoEffect = Warning("FRNN070", "An option has no effect",
        "{0} has no effect: it is for {1}");

    public static readonly DiagnosticDescriptor NothingToDrop = Error("FRNN071", "There is no recurrence to drop from",
        "In '{0}' no matrix multiplies a carried state: RecurrentDropout has nothing to do");

    public static readonly DiagnosticDescriptor StateRates = Error("FRNN089", "Rates of a zoneout do not fit the states",
        "StateZoneout: '{0}' has the states {1}: expected a rate for each, got {2}");

    public static readonly DiagnosticDescriptor Feeding = Error("FRNN090", "Nothing can be fed back to a decoder",
        "InputFeeding is not possible: {0}");

    public static readonly DiagnosticDescriptor Outputs = Error("FRNN088", "The heads of a model are not right",
        "[Output]: {0}");

    // Weights that become part of the assembly.
    public static readonly DiagnosticDescriptor NoWeights = Error("FRNN072", "A file of weights is not there",
        "{0}");

    public static readonly DiagnosticDescriptor BrokenWeights = Error("FRNN073", "A file of weights cannot be read",
        "'{0}' is no safetensors file: {1}");

    public static readonly DiagnosticDescriptor WeightsTensor = Error("FRNN074", "A file's tensors are not those of the model",
        "'{0}': {1}");

    public static readonly DiagnosticDescriptor WeightsShape = Error("FRNN075", "A tensor has another shape",
        "'{0}', tensor '{1}': expected the shape {2}, got {3}");

    public static readonly DiagnosticDescriptor WeightsType = Error("FRNN076", "A tensor's type is no floating-point number",
        "'{0}', tensor '{1}': expected F32 (or F64, F16, BF16), got {2}");

    public static readonly DiagnosticDescriptor WeightsNotFinite = Error("FRNN077", "A weight is not a finite number",
        "'{0}', tensor '{1}', element {2}: expected a finite number in single precision, got {3}");

    public static readonly DiagnosticDescriptor WeightsTooLarge = Error("FRNN078", "Weights are too large for an assembly",
        "{0}: compilers are slow with so many; read the file at run time, with Load");

    public static readonly DiagnosticDescriptor OtherModel = Error("FRNN079", "A file holds the weights of another model",
        "'{0}' belongs to another model: expected {1} '{2}', got '{3}'");

    public static readonly IReadOnlyList<DiagnosticDescriptor> All =
    [
        NotPartial, NotSealed, Generic, Nesting, BaseClass, SeveralParts, Constructor, CellAndModel, LossAndOther,
        NoStep, TwoSteps, StepSignature, StateNotTaken, StateNotReturned, StateDimension, StateOrder,
        LossSignature, LossNumber, LossField,
        Statement, Call, Expression, UnknownName, IntegerDivision, Number, Dimensions, Matrix, TooLarge,
        Field, UnusedParameter, UnusedValue, UnusedInput, Initializer, TensorPart, TensorCover, TensorShape, DimensionName,
        NoInput, TwoInputs, NoLayers, Order, TwoLosses, Size, OwnDimensions, ModelTooLarge, NotACell, NoSource,
        NotALoss, LossOutputs, LossActivation, Softmax,
        Member, UnsafeCode, ReservedMember, Width, Unoptimized,
        Skip, Directions, Quantiles,
        EncoderDecoder, Rate, Pool, Attention, AttentionSize, Handover, Unread, Condition, GivenState, NoEffect, NothingToDrop,
        StateRates, Feeding, Outputs,
        NoWeights, BrokenWeights, WeightsTensor, WeightsShape, WeightsType, WeightsNotFinite, WeightsTooLarge, OtherModel,
    ];

    private static readonly Dictionary<string, DiagnosticDescriptor> Index = All.ToDictionary(d => d.Id);

    public static DiagnosticDescriptor ById(string id) => Index[id];

    private static DiagnosticDescriptor Error(string id, string title, string message) =>
        new(id, title, message, "FastRnn", DiagnosticSeverity.Error, isEnabledByDefault: true, new HelpText(id));

    private static DiagnosticDescriptor Warning(string id, string title, string message) =>
        new(id, title, message, "FastRnn", DiagnosticSeverity.Warning, isEnabledByDefault: true, new HelpText(id));
}
