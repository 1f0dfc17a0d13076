using FastRnn.Tests.Models;

namespace FastRnn.Tests.Identities;

// What is true of every model, and is written in FastRnn.Tests.Core.
public sealed class BackpropagationIdentityTests : BackpropagationIdentityTests<OtherModels>;

public sealed class BFloat16IdentityTests : BFloat16IdentityTests<OtherModels>;

public sealed class InferenceIdentityTests : InferenceIdentityTests<OtherModels>;

public sealed class Int8IdentityTests : Int8IdentityTests<OtherModels>;

public sealed class PredictorStateTests : PredictorStateTests<OtherModels>;

public sealed class SequenceIdentityTests : SequenceIdentityTests<OtherModels>;

public sealed class SequenceStreamTests : SequenceStreamTests<OtherModels>;

public sealed class StreamIdentityTests : StreamIdentityTests<OtherModels>;
