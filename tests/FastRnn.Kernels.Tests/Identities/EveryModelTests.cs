using FastRnn.Tests.Models;

namespace FastRnn.Tests.Identities;

// What is true of every model, and is written in FastRnn.Tests.Core.
public sealed class BackpropagationIdentityTests : BackpropagationIdentityTests<CoreModels>;

public sealed class BFloat16IdentityTests : BFloat16IdentityTests<CoreModels>;

public sealed class InferenceIdentityTests : InferenceIdentityTests<CoreModels>;

public sealed class Int8IdentityTests : Int8IdentityTests<CoreModels>;

public sealed class PredictorStateTests : PredictorStateTests<CoreModels>;

public sealed class SequenceIdentityTests : SequenceIdentityTests<CoreModels>;

public sealed class SequenceStreamTests : SequenceStreamTests<CoreModels>;

public sealed class StreamIdentityTests : StreamIdentityTests<CoreModels>;
